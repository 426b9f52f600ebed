"""The background jobs of clients."""

from .bulk.jobs import work as bulk_work
from .imports.jobs import prune_files, work

__all__ = ["bulk_work", "prune_files", "work"]

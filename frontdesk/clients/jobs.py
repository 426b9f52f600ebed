"""The background jobs of clients."""

from .bulk.jobs import work as bulk_work
from .imports.jobs import prune_files, work
from .personal.jobs import make, prune

__all__ = ["bulk_work", "make", "prune", "prune_files", "work"]

"""The background jobs of clients."""

from .imports.jobs import prune_files, work

__all__ = ["prune_files", "work"]

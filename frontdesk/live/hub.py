"""What other domains may ask the live part of the installation."""

from .streams.board import present

__all__ = ["present"]

"""Whether the content of a file is what its extension says. Nothing is unpacked, run or decoded here."""

from .check import Mismatch, check

__all__ = ["Mismatch", "check"]

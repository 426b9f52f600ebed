"""Reads of conversations, for pages, API and live updates."""

from .covered import CoveredRow, covered
from .inbox import BOXES, WHOSE, Filters, Row, belongs, checked, inbox, place_of, row_of, waiting_count, waiting_part
from .panel import Panel, panel
from .stream import Happened, Position, Stream, around, end_of, fresh, messages, newest_happenings, stream

__all__ = [
    "BOXES", "WHOSE", "CoveredRow", "Filters", "Happened", "Panel", "Position", "Row", "Stream", "around", "belongs",
    "checked", "covered", "end_of", "fresh", "inbox", "messages", "newest_happenings", "panel", "place_of", "row_of",
    "stream", "waiting_count", "waiting_part",
]  # fmt: skip

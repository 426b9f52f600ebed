"""Reads of threads, messages and rooms, for pages, API and live updates."""

from .history import (
    History,
    Line,
    each,
    editions,
    fresh,
    history,
    line_of,
    lines,
    newest_side,
    numbered,
    of_both,
    traced,
)
from .inbox import DRAFTS, MARKS, Row, preview, rooms, row_of, title_of, titles
from .people import addressees, colleagues, looks, marks, own_clients, read_by, room_people, surroundings
from .unread import unread_part, unread_total
from .waiting import draft_of, scheduled, scheduled_in

__all__ = [
    "DRAFTS",
    "MARKS",
    "History",
    "Line",
    "Row",
    "addressees",
    "colleagues",
    "draft_of",
    "each",
    "editions",
    "fresh",
    "history",
    "line_of",
    "lines",
    "looks",
    "marks",
    "newest_side",
    "numbered",
    "of_both",
    "own_clients",
    "preview",
    "read_by",
    "room_people",
    "rooms",
    "row_of",
    "scheduled",
    "scheduled_in",
    "surroundings",
    "title_of",
    "titles",
    "traced",
    "unread_part",
    "unread_total",
]

"""Pages of conversations."""

from .handling import assign, call, close, confirm, reopen, snooze
from .reading import covered, inbox, lines, of_thread, read, row, show, state, waiting_count, with_client
from .ruling import rule
from .writing import again, draft, measure, note, preview, reply

__all__ = [
    "again", "assign", "call", "close", "confirm", "covered", "draft", "inbox", "lines", "measure", "note", "of_thread",
    "preview", "read", "reopen", "reply", "row", "rule", "show", "snooze", "state",
    "waiting_count", "with_client",
]  # fmt: skip

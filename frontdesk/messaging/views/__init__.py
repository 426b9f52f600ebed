"""The pages of messages, for the team and in the portal."""

from .messages import delete, edit, go, message, react, restore, turn, unread
from .rooms import about, add, archive, begin, client_room, direct, leave, remove, rename, reopen
from .searching import search
from .threads import draft, inbox, lines, names, post, read, readers, row, thread, unread_count
from .waiting import cancel, change, now, waiting

__all__ = [
    "about",
    "add",
    "archive",
    "begin",
    "cancel",
    "change",
    "client_room",
    "delete",
    "direct",
    "draft",
    "edit",
    "go",
    "inbox",
    "leave",
    "lines",
    "message",
    "names",
    "now",
    "post",
    "react",
    "read",
    "readers",
    "remove",
    "rename",
    "reopen",
    "restore",
    "row",
    "search",
    "thread",
    "turn",
    "unread",
    "unread_count",
    "waiting",
]

"""Everything that can be done with threads and rooms; each verb checks, writes in one transaction, records once."""

from ..turning import turn, turned
from .changing import delete_message, edit_message, restore_message
from .drafts import cancel_scheduled, change_scheduled, save_draft, schedule, send_due, send_now
from .posting import post
from .reacting import react
from .reading import look_on, look_over, mark_read, mark_unread
from .rooms import (
    add_people,
    archive_room,
    company_room,
    create_group,
    leave_room,
    open_direct,
    remove_person,
    rename_room,
    reopen_room,
)

__all__ = [
    "add_people",
    "archive_room",
    "cancel_scheduled",
    "change_scheduled",
    "company_room",
    "create_group",
    "delete_message",
    "edit_message",
    "leave_room",
    "look_on",
    "look_over",
    "mark_read",
    "mark_unread",
    "open_direct",
    "post",
    "react",
    "remove_person",
    "rename_room",
    "reopen_room",
    "restore_message",
    "save_draft",
    "schedule",
    "send_due",
    "send_now",
    "turn",
    "turned",
]

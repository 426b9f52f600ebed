"""A change as the API answers it, for the operations of all domains that make one."""

from datetime import datetime
from uuid import UUID

from frontdesk.core.rest.schemas import Schema

from . import queries
from .models import Change

_FIELDS = ("kind", "at", "member_id", "state", "total", "records", "restored", "undone_at", "undone_by_id")


class ChangeOut(Schema):
    """A change that can be undone for thirty days.

    `records` were touched of `total` asked for; after an undo `restored` came back, the others were left as they are.
    While `state` is `working` or `undoing` it goes on in the background.
    """

    id: UUID
    kind: str
    text: str
    at: datetime
    member_id: UUID | None
    state: str
    total: int
    records: int
    restored: int
    undone_at: datetime | None
    undone_by_id: UUID | None
    can_undo: bool


def change_out(actor, change: Change) -> dict:
    """The values of a ChangeOut."""
    row = queries.shown(actor, change)
    own = {name: getattr(change, name) for name in _FIELDS}
    return {"id": change.pk, "text": row.text, "can_undo": row.can_undo, **own}

"""Writing down what a change does, in its transaction, so that it can be taken back."""

from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from frontdesk.core.ids import uuid7s
from frontdesk.core.tenancy.bulk import bulk_insert

from .models import Change, ChangedRow, LeftOut, State, What
from .plain import plain, row_values

_ROW = ("id", "change_id", "about", "table", "row", "what", "before", "after")
_LEFT = ("id", "change_id", "about", "undoing", "reasons")
_NONE: dict[str, Any] = {}


def begin(actor, kind: str, *, data: dict | None = None, total: int = 0, state: str = State.DONE) -> Change:
    """Open the entry of one change, in the transaction of its cause."""
    return Change.objects.create(
        account_id=actor.account_id, kind=kind, member_id=actor.id, at=timezone.now(), data=data or {}, total=total,
        state=state,
    )  # fmt: skip


def leave_out(change: Change, reasons: dict[UUID, list[str]], *, undoing: bool = False) -> None:
    """Note records that stay as they are, with the reasons."""
    rows = list(reasons.items())
    ids = uuid7s(len(rows))
    bulk_insert(
        LeftOut,
        _LEFT,
        [(row_id, change.pk, about, undoing, said) for row_id, (about, said) in zip(ids, rows, strict=True)],
    )


class Ledger:
    """Gathers the rows that a change touches; `write` after the activities were recorded."""

    def __init__(self, change: Change):
        self.change = change
        self._rows: list[tuple] = []

    def created(self, about: UUID, model: type[models.Model], row: UUID, after: dict | None = None) -> None:
        """A new row; without `after` the whole record is new, and undo takes everything that hangs on it away."""
        self._rows.append((about, model._meta.label_lower, row, What.CREATED.value, _NONE, after or _NONE))

    def updated(self, about: UUID, model: type[models.Model], row: UUID, before: dict, after: dict) -> None:
        """A changed row: the fields that changed, as JSON values."""
        self._rows.append((about, model._meta.label_lower, row, What.UPDATED.value, before, after))

    def changed(self, about: UUID, row: models.Model, changes: dict[str, tuple[Any, Any]]) -> None:
        """A changed row: attribute name to (old value, new value); nothing is noted without a difference."""
        differs = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        if differs:
            before = {name: plain(old) for name, (old, _new) in differs.items()}
            after = {name: plain(new) for name, (_old, new) in differs.items()}
            self.updated(about, type(row), row.pk, before, after)

    def deleted(self, about: UUID, row: models.Model) -> None:
        """A row that goes, with all its values."""
        values = row_values(row)
        self._rows.append((about, row._meta.label_lower, row.pk, What.DELETED.value, values, _NONE))

    def write(self) -> int:
        """Insert what was gathered; the number of rows."""
        ids = uuid7s(len(self._rows))
        rows = [(row_id, self.change.pk, *row) for row_id, row in zip(ids, self._rows, strict=True)]
        self._rows = []
        return bulk_insert(ChangedRow, _ROW, rows)

    def close(self) -> None:
        """Insert what was gathered about one record, and note in the change that it is one."""
        self.write()
        self.change.records = 1
        self.change.save(update_fields=["records"])

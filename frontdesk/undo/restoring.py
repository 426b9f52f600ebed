"""Bringing rows back as they were: all rows of a record or none, and never over a newer change."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction

from frontdesk.activity.models import Activity
from frontdesk.core.tenancy.bulk import bulk_insert, bulk_update

from .models import Change, ChangedRow, What
from .plain import columns, plain, stored
from .reasons import BACK, CHANGED, GONE, TAKEN
from .registry import change_kinds

Key = tuple[str, UUID]


class _World:
    """The rows concerned as they are, and as they will be once the change is taken back."""

    def __init__(self, rows: list[ChangedRow]):
        self.now: dict[Key, dict | None] = {}
        wanted: dict[str, set[UUID]] = defaultdict(set)
        for row in rows:
            wanted[row.table].add(row.row)
        for table, ids in wanted.items():
            self._load(table, ids)
        self.then = dict(self.now)

    def _load(self, table: str, ids: set[UUID]) -> None:
        model = apps.get_model(table)
        self.now |= {(table, row_id): None for row_id in ids}
        for found in model._base_manager.select_for_update().filter(pk__in=ids).values(*columns(model)):
            self.now[table, found["id"]] = {name: plain(value) for name, value in found.items()}

    def take_back(self, row: ChangedRow) -> str:
        """Undo one row; the reason when that would lose something newer."""
        key = (row.table, row.row)
        present = self.then[key]
        if row.what == What.DELETED:
            self.then[key] = row.before
            return "" if present is None else BACK
        if present is None:
            return "" if row.what == What.CREATED else GONE
        if any(present.get(name) != value for name, value in row.after.items()):
            return CHANGED
        self.then[key] = None if row.what == What.CREATED else {**present, **row.before}
        return ""


def _touched(rows: list[ChangedRow]) -> set[UUID]:
    """The new records around which something happened since; what only changed is compared by its values."""
    new = {row.about for row in rows if row.what == What.CREATED and not row.after}
    if not new:
        return set()
    made = {row.about: row.pk for row in reversed(rows) if row.about in new}
    newer = Activity.objects.filter(client_id__in=made, id__gt=min(made.values())).values_list("client_id", "id")
    return {about for about, activity in newer if about and activity > made[about]}


def _present(model: type[models.Model], ids: set[UUID]) -> set[UUID]:
    return set(model._base_manager.filter(pk__in=ids).values_list("pk", flat=True))


class Restoration:
    """The taking back of some records of one change."""

    def __init__(self, change: Change, abouts: Iterable[UUID]):
        rows = list(ChangedRow.objects.filter(change_id=change.pk, about__in=list(abouts)).order_by("-id"))
        self.left: dict[UUID, str] = dict.fromkeys(_touched(rows), CHANGED)
        self.world = _World(rows)
        self.owner: dict[Key, UUID] = {}
        self.order: list[Key] = []
        for row in rows:
            self._take(row)
        self._check_keys()

    def _take(self, row: ChangedRow) -> None:
        key = (row.table, row.row)
        if key not in self.owner:
            self.owner[key] = row.about
            self.order.append(key)
        reason = self.world.take_back(row)
        if reason:
            self.left.setdefault(row.about, reason)

    def _coming(self) -> list[Key]:
        """The rows that will be there and are other than now, of records that are not left."""
        world = self.world
        return [
            key for key in self.order
            if self.owner[key] not in self.left and world.then[key] is not None and world.then[key] != world.now[key]
        ]  # fmt: skip

    def _check_keys(self) -> None:
        """A key to a row that is gone is emptied where it may be; else the record is left."""
        by_table: dict[str, list[Key]] = defaultdict(list)
        for key in self._coming():
            by_table[key[0]].append(key)
        for table, keys in by_table.items():
            for field in apps.get_model(table)._meta.concrete_fields:
                if field.is_relation and field.name != "account":
                    self._check_key(field, keys)

    def _check_key(self, field: models.Field, keys: list[Key]) -> None:
        target, then = apps.get_model(field.related_model._meta.label_lower), self.world.then
        ids = {UUID(value) for key in keys if (value := (then[key] or {}).get(field.attname))}
        present = _present(target, ids) if ids else set()
        coming = {row for (table, row), values in then.items() if table == target._meta.label_lower and values}
        for key in keys:
            value = (then[key] or {}).get(field.attname)
            if value and UUID(value) not in present | coming:
                if field.null:
                    then[key] = {**(then[key] or {}), field.attname: None}
                else:
                    self.left.setdefault(self.owner[key], GONE)

    def apply(self) -> list[UUID]:
        """Write what can be restored; the records that were."""
        going: dict[str, list[UUID]] = defaultdict(list)
        changed: dict[tuple, list[tuple]] = defaultdict(list)
        new: dict[str, list[dict]] = defaultdict(list)
        for table, row in self.order:
            now, then = self.world.now[table, row], self.world.then[table, row]
            if self.owner[table, row] in self.left or now == then:
                continue
            if then is None:
                going[table].append(row)
            elif now is None:
                new[table].append(then)
            else:
                names = tuple(sorted(name for name in then if name in now and then[name] != now[name]))
                changed[table, names].append((row, then))
        self._write(going, changed, new)
        return sorted(set(self.owner.values()) - set(self.left))

    def _write(self, going: dict, changed: dict, new: dict) -> None:
        for table, ids in going.items():
            apps.get_model(table)._base_manager.filter(pk__in=ids).delete()
        for (table, names), rows in changed.items():
            model = apps.get_model(table)
            values = [(*(stored(model, name, then[name]) for name in names), row) for row, then in rows]
            bulk_update(model, names, values)
        for table, found in new.items():
            _insert(apps.get_model(table), found)


def _default(model: type[models.Model], name: str) -> Any:
    field = next(field for field in model._meta.concrete_fields if field.attname == name)
    return plain(field.get_default())


def _insert(model: type[models.Model], found: list[dict]) -> None:
    """Insert rows with their old keys; a column that did not exist when they went gets its default."""
    names = columns(model)
    missing = {name: _default(model, name) for name in names if name not in found[0]}
    rows = [tuple(stored(model, name, {**missing, **row}[name]) for name in names) for row in found]
    bulk_insert(model, names, rows)


def restore(actor, change: Change, abouts: list[UUID]) -> tuple[list[UUID], dict[UUID, str]]:
    """Take a change back for some records, in the caller's transaction: those restored, and why others were left."""
    try:
        return _restore(actor, change, abouts)
    except IntegrityError:
        if len(abouts) == 1:
            return [], {abouts[0]: TAKEN}
    restored: list[UUID] = []
    left: dict[UUID, str] = {}
    for about in abouts:
        some, others = restore(actor, change, [about])
        restored += some
        left |= others
    return restored, left


def _restore(actor, change: Change, abouts: list[UUID]) -> tuple[list[UUID], dict[UUID, str]]:
    with transaction.atomic():
        made = Restoration(change, abouts)
        ready = [about for about in abouts if about not in made.left]
        with change_kinds[change.kind].around(actor, change, ready):
            return made.apply(), made.left

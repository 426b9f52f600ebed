"""What hangs on a row by foreign keys, in whichever domain: read from the models, so that no table is forgotten."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db import models

from .ledger import Ledger


def keys_to(model: type[models.Model]) -> list[models.ForeignKey]:
    """Every foreign key of any table that points at a model's rows."""
    found = model._meta.get_fields(include_hidden=True)
    return [rel.field for rel in found if rel.auto_created and not rel.concrete and (rel.one_to_many or rel.one_to_one)]


def _rows(key: models.ForeignKey, ids: Iterable[UUID]) -> Iterator[models.Model]:
    return iter(key.model._base_manager.filter(**{f"{key.attname}__in": list(ids)}).order_by("pk"))


def note_deletion(ledger: Ledger, model: type[models.Model], abouts: dict[UUID, UUID]) -> None:
    """Note rows (id to record) and all that the database deletes or empties with them, before it happens."""
    _note(ledger, model, list(model._base_manager.filter(pk__in=list(abouts)).order_by("pk")), abouts, set())


def _note(ledger: Ledger, model: type[models.Model], rows: list, abouts: dict[UUID, UUID], seen: set) -> None:
    rows = [row for row in rows if (model, row.pk) not in seen]
    seen.update((model, row.pk) for row in rows)
    if not rows:
        return
    for key in keys_to(model):
        hanging = list(_rows(key, [row.pk for row in rows]))
        owners = {child.pk: abouts[getattr(child, key.attname)] for child in hanging}
        if key.remote_field.on_delete is models.CASCADE:
            _note(ledger, key.model, hanging, owners, seen)
        elif key.remote_field.on_delete is models.SET_NULL:
            for child in hanging:
                if (key.model, child.pk) not in seen:
                    ledger.changed(owners[child.pk], child, {key.attname: (getattr(child, key.attname), None)})
    for row in rows:
        ledger.deleted(abouts[row.pk], row)

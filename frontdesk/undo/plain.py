"""Values of rows as JSON that compares exactly, and back."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models


def plain(value: Any) -> Any:
    """A column's value as JSON; equal values give equal JSON."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | Decimal) else value


def columns(model: type[models.Model]) -> list[str]:
    """The attribute names of a model's columns, without the account."""
    return [field.attname for field in model._meta.concrete_fields if field.name != "account"]


def row_values(row: models.Model, names: Iterable[str] | None = None) -> dict[str, Any]:
    """An instance's columns as JSON values, all of them by default."""
    return {name: plain(getattr(row, name)) for name in names or columns(type(row))}


def stored(model: type[models.Model], name: str, value: Any) -> Any:
    """A JSON value as `core.tenancy.bulk` takes it for a column."""
    field = next(field for field in model._meta.concrete_fields if field.attname == name)
    kind = getattr(field, "target_field", field) if field.is_relation else field
    if isinstance(kind, models.UUIDField | models.DateTimeField):
        return kind.to_python(value)
    return value

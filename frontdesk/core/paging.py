"""Paging by key: constant cost however deep the page, and no row shown twice or skipped while others are added."""

import base64
import binascii
import json
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from .errors import Invalid
from .text import gettext as _

LIMIT = 50
MOST = 200
PLAIN = (str, int, float, type(None))


@dataclass(frozen=True)
class Page:
    """Rows in order, and the opaque cursors of the pages beside (None where there is none)."""

    rows: list
    after: str | None
    before: str | None


def encode(values: list) -> str:
    """A cursor from the ordering values of a row."""
    raw = json.dumps(values, default=str, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decode(cursor: str, length: int) -> list:
    """The ordering values in a cursor; raises Invalid for anything that `encode` did not make."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, UnicodeDecodeError):
        values = None
    plain = isinstance(values, list) and all(type(value) in PLAIN for value in values)
    if not plain or len(values) != length or any(isinstance(value, str) and "\0" in value for value in values):
        raise Invalid({"cursor": [_("This page link is damaged. Start from the first page.")]})
    return values


def _beyond(fields: list[str], values: list, forward: bool) -> Q:
    """Rows after (or before) the key, as nested comparisons that an index on the fields can serve."""
    field, value = fields[0], values[0]
    descending = field.startswith("-")
    name = field.lstrip("-")
    operator = "gt" if forward != descending else "lt"
    beyond = Q(**{f"{name}__{operator}": value})
    if len(fields) == 1:
        return beyond
    return Q(**{f"{name}__{operator}e": value}) & (beyond | _beyond(fields[1:], values[1:], forward))


def _reverse(fields: list[str]) -> list[str]:
    return [field[1:] if field.startswith("-") else f"-{field}" for field in fields]


def cursor_of(row, fields: list[str]) -> str:
    """The cursor that stands for a row, as an instance or a dict: a page after or before it goes on from there."""
    names = [field.lstrip("-") for field in fields]
    return encode([row[name] if isinstance(row, dict) else getattr(row, name) for name in names])


def page(queryset: QuerySet, fields: list[str], *, after: str = "", before: str = "", limit: int = LIMIT) -> Page:
    """One page of a queryset ordered by `fields`, the last of which is unique; raises Invalid for a bad cursor."""
    forward = not before
    order = fields if forward else _reverse(fields)
    cursor = after or before
    if cursor:
        try:
            queryset = queryset.filter(_beyond(fields, decode(cursor, len(fields)), forward))
        except (ValueError, TypeError, ValidationError) as error:
            raise Invalid({"cursor": [_("This page link is damaged. Start from the first page.")]}) from error
    return split(list(queryset.order_by(*order)[: limit + 1]), fields, limit, cursor, forward)


def split(rows: list, fields: list[str], limit: int = LIMIT, cursor: str = "", forward: bool = True) -> Page:
    """A page of rows that were read in its direction, one more than fit if there are more."""
    more = len(rows) > limit
    rows = rows[:limit] if forward else rows[:limit][::-1]
    if not rows:
        return Page([], None, None)
    has_next, has_previous = (more, bool(cursor)) if forward else (True, more)
    return Page(
        rows,
        cursor_of(rows[-1], fields) if has_next else None,
        cursor_of(rows[0], fields) if has_previous else None,
    )

"""The values of own fields: read from what is typed, sent or imported, and shown.

A value is a str (text, an ISO date, the id of a choice), an int or float, or a bool; an empty one is not kept.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from uuid import UUID

from frontdesk.core.checks import Errors
from frontdesk.core.fold import fold
from frontdesk.core.tenancy.prepared import PreparedObjects
from frontdesk.core.text import gettext as _

from .models import CustomField, FieldKind

LONGEST = 500
LARGEST = Decimal(10) ** 12
PLACES = 6
DATE_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S")
YES = frozenset({"yes", "y", "true", "1", "on", "x", "oui", "vrai", "da", "adevarat"})
NO = frozenset({"no", "n", "false", "0", "off", "non", "faux", "nu", "fals"})

Value = str | int | float | bool
ALL = PreparedObjects(CustomField, {}, lambda: CustomField.objects.order_by("position", "id"))


def all_fields() -> list[CustomField]:
    """Every field of the account in order, archived ones too; one query."""
    return ALL()


def fields_in_use() -> list[CustomField]:
    """The fields that are asked for and shown, in order; one query."""
    return [field for field in ALL() if not field.archived]


def _text(errors: Errors, field: CustomField, typed) -> str:
    return errors.line(field.path, str(typed), LONGEST)


def _plain_number(text: str) -> str:
    """`1 234,5` and `1,234.5` as Python reads numbers."""
    plain = "".join(text.split()).replace("’", "").replace("'", "")
    return plain.replace(",", "") if "." in plain else plain.replace(",", ".")


def _number(errors: Errors, field: CustomField, typed) -> int | float | None:
    try:
        number = Decimal(_plain_number(str(typed)[:60]))
        fits = number.is_finite() and abs(number) < LARGEST
    except InvalidOperation:
        fits = False
    if not fits or isinstance(typed, bool):
        errors.add(field.path, _("“%(text)s” is not a number.", text=str(typed)[:40]))
        return None
    rounded = round(number, PLACES)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


def _date(errors: Errors, field: CustomField, typed) -> str | None:
    for pattern in DATE_FORMATS:
        try:
            return datetime.strptime(str(typed).strip().replace("T", " ")[:19], pattern).date().isoformat()
        except ValueError:
            continue
    errors.add(field.path, _("“%(text)s” is not a date. Write it as 2026-01-31.", text=str(typed)[:40]))
    return None


def _choice(errors: Errors, field: CustomField, typed) -> str | None:
    text = str(typed)
    for option in field.offered:
        if option["id"] == text or fold(option["label"]) == fold(text):
            return option["id"]
    offered = ", ".join(option["label"] for option in field.offered)
    errors.add(field.path, _("Choose one of: %(choices)s.", choices=offered))
    return None


def _yes_no(errors: Errors, field: CustomField, typed) -> bool | None:
    word = fold(str(typed))
    if word in YES or word in NO:
        return word in YES
    errors.add(field.path, _("Choose one of: %(choices)s.", choices=f"{_('Yes')}, {_('No')}"))
    return None


READERS = {
    FieldKind.TEXT: _text, FieldKind.NUMBER: _number, FieldKind.DATE: _date, FieldKind.CHOICE: _choice,
    FieldKind.YES_NO: _yes_no,
}  # fmt: skip


def _is_empty(typed) -> bool:
    return typed is None or (isinstance(typed, str) and not typed.strip())


def _cleaned(errors: Errors, field: CustomField, typed, present: Value | None) -> Value | None:
    """What is kept of a typed value; the choice that a client has stays good when it is no longer offered."""
    if _is_empty(typed):
        if field.required:
            errors.add(field.path, _("This field is required."))
        return None
    if present is not None and typed == present:
        return present
    return READERS[FieldKind(field.kind)](errors, field, typed)


def clean_values(
    errors: Errors, fields: Iterable[CustomField], typed: Mapping, present: Mapping | None = None
) -> dict[str, Value]:
    """All values of a client: those `present` (None for a new client) with the `typed` ones, by the field's id.

    A new client must have every required field; a known one may not lose what is required. Unknown ids are refused.
    """
    known = {str(field.pk): field for field in fields}
    for name in typed:
        if name not in known:
            errors.add(f"custom.{str(name)[:80]}", _("There is no such field."))
    values = dict(present or {})
    for name, field in known.items():
        if name not in typed and present is not None:
            continue
        value = _cleaned(errors, field, typed.get(name), values.pop(name, None))
        if value not in (None, ""):
            values[name] = value
    return values


def state_of(field: CustomField, value: Value | None) -> str:
    """What the log keeps of a value: that there is one, and which choice; never what a person typed."""
    if value is None:
        return ""
    if field.kind == FieldKind.CHOICE:
        return str(value)
    if field.kind == FieldKind.YES_NO:
        return "yes" if value else "no"
    return "filled"


def shown(field: CustomField, value: Value | None) -> Value | date | None:
    """A value for people: names of choices, dates as dates, Yes and No in the language in use."""
    if value is None:
        return None
    if field.kind == FieldKind.CHOICE:
        return field.option_label(str(value))
    if field.kind == FieldKind.YES_NO:
        return _("Yes") if value else _("No")
    return date.fromisoformat(str(value)) if field.kind == FieldKind.DATE else value


def shown_all(fields: Iterable[CustomField], values: Mapping) -> list[tuple[CustomField, Value | date | None]]:
    """Every field with its value for people, None where there is none."""
    return [(field, shown(field, values.get(str(field.pk)))) for field in fields]


def words_of(fields: Iterable[CustomField], values: Mapping) -> list[str]:
    """What a client is found by: texts, numbers and choices."""
    searched = (FieldKind.TEXT, FieldKind.NUMBER, FieldKind.CHOICE)
    return [
        str(shown(field, values[str(field.pk)]))
        for field in fields
        if field.kind in searched and str(field.pk) in values
    ]


def labels_of(ids: list[UUID]) -> dict[UUID, str]:
    """Names of fields and of their choices by id, for sentences."""
    named: dict[UUID, str] = {}
    for field in all_fields():
        named[field.pk] = field.label
        named |= field.option_ids()
    return {one: named[one] for one in ids if one in named}

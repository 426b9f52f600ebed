"""What a column of a file can hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from frontdesk.core.fold import fold
from frontdesk.core.reader import in_language
from frontdesk.core.tables.template import Column, example_cells
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy

from ..custom.models import FieldKind
from ..custom.values import fields_in_use
from ..models import CustomField, Kind, Status
from .headings import HEADINGS

NUMBERED = 3


@dataclass(frozen=True)
class Field:
    """`group` sorts the choices; `synonyms` are folded headings by which other programs call it."""

    key: str
    label: Any
    group: str
    synonyms: tuple[str, ...] = ()
    number: int = 0

    @property
    def title(self) -> str:
        """The label in the language in use, numbered where there are several."""
        return f"{self.label} {self.number}" if self.number > 1 else str(self.label)


GROUPS = {
    "who": _lazy("%(Client)s"),
    "contact": _lazy("Contact"),
    "address": _lazy("Address"),
    "more": _lazy("More"),
    "own": _lazy("Own fields"),
}


def _several(key: str, label) -> list[Field]:
    return [Field(f"{key}{number}", label, "contact", HEADINGS[key], number) for number in range(1, NUMBERED + 1)]


def _one(key: str, label, group: str) -> Field:
    return Field(key, label, group, HEADINGS[key])


FIELDS = [
    _one("name", _lazy("Name"), "who"),
    _one("first_name", _lazy("First name"), "who"),
    _one("last_name", _lazy("Last name"), "who"),
    _one("kind", _lazy("Kind"), "who"),
    _one("status", _lazy("Status"), "who"),
    _one("reference", _lazy("Reference"), "who"),
    _one("language", _lazy("Language"), "who"),
    _one("tags", _lazy("Tags"), "who"),
    _one("contact_name", _lazy("Contact's name"), "contact"),
    _one("contact_role", _lazy("Contact's role"), "contact"),
    *_several("email", _lazy("E-mail")),
    *_several("phone", _lazy("Phone")),
    _one("street", _lazy("Street and number"), "address"),
    _one("postal_code", _lazy("Postal code"), "address"),
    _one("city", _lazy("City"), "address"),
    _one("region", _lazy("Region"), "address"),
    _one("country", _lazy("Country"), "address"),
    _one("note", _lazy("Note"), "more"),
    _one("team", _lazy("Assigned %(coworker)s"), "more"),
]
BY_KEY = {field.key: field for field in FIELDS}
EMAILS = tuple(f"email{number}" for number in range(1, NUMBERED + 1))
PHONES = tuple(f"phone{number}" for number in range(1, NUMBERED + 1))


def own_fields() -> list[Field]:
    """The account's own fields; one query."""
    return [Field(field.path, field.label, "own", (folded_heading(field.label),)) for field in fields_in_use()]


def by_key() -> dict[str, Field]:
    """Every field that a column can hold, the account's own too; one query."""
    return BY_KEY | {field.key: field for field in own_fields()}


def choices() -> list[tuple[str, Any]]:
    """The fields for a select, in groups that have any; "" leaves the column out."""
    known = by_key().values()
    grouped: list[tuple[str, Any]] = [("", _("Leave out"))]
    for key, label in GROUPS.items():
        grouped.append((str(label), [(field.key, field.title) for field in known if field.group == key]))
    return [one for one in grouped if one[1]]


def in_each_language() -> Iterator[str]:
    """Make each language of the installation the one in use, in turn."""
    for code, _name in settings.LANGUAGES:
        with in_language(code):
            yield code


def _statuses() -> tuple[str, ...]:
    return tuple(str(label) for _value, label in Status.choices)


def _own_column(field: CustomField) -> Column:
    choices = tuple(option["label"] for option in field.offered)
    if field.kind == FieldKind.YES_NO:
        choices = (_("Yes"), _("No"))
    kind = {FieldKind.DATE: "date", FieldKind.NUMBER: "number"}.get(FieldKind(field.kind), "text")
    return Column(field.path, field.label, field.required, field.help, choices, kind=kind)


def template_columns(own: list[CustomField]) -> list[Column]:
    """The columns of the file to fill in, in the language in use, with the account's words and `own` fields."""
    kinds = tuple(str(label) for _value, label in Kind.choices)
    languages = tuple(name for _code, name in settings.LANGUAGES)
    details: dict[str, dict[str, Any]] = {
        "name": {"required": True, "example": "Maria Ionescu", "hint": _("The only column that must be filled in.")},
        "kind": {"choices": kinds, "example": str(Kind.PERSON.label)},
        "status": {"choices": _statuses(), "example": str(Status.ACTIVE.label)},
        "reference": {"example": "C-0001", "hint": _("Your own number or code; each only once.")},
        "language": {"choices": languages, "example": languages[0]},
        "tags": {"example": "VIP, 2026", "hint": _("Separated by commas.")},
        "contact_name": {"hint": _("Leave empty when it is the same person.")},
        "email1": {"example": "maria.ionescu@example.com"},
        "phone1": {"example": "+40 745 112 908", "hint": _("With the country code, or as it is dialled at home.")},
        "street": {"example": "Strada Lungă 12"},
        "postal_code": {"example": "500035"},
        "city": {"example": "Brașov"},
        "country": {"example": "RO", "hint": _("The name, or two letters.")},
        "team": {"hint": _("E-mail address or name of a colleague.")},
    }
    left_out = ("first_name", "last_name")
    columns = [Column(f.key, f.title, **details.get(f.key, {})) for f in FIELDS if f.key not in left_out]
    return [*columns, *map(_own_column, own)]


def template_examples(own: list[CustomField]) -> list[list[str | None]]:
    """The example row as each language's template has it, by which it is known when it was left in."""
    return [example_cells(template_columns(own)) for _code in in_each_language()]


def folded_heading(text: str) -> str:
    """A heading as it is compared: no case, no accents, no punctuation."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())

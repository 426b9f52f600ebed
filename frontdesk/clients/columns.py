"""The columns that a list and an export of clients can have, and which of them were chosen."""

from dataclasses import dataclass
from typing import Any

from frontdesk.core.checks import Errors
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy

from .custom.models import CustomField

MOST = 8
LABELS = {
    "phone": _lazy("Phone"),
    "status": _lazy("Status"),
    "tags": _lazy("Tags"),
    "team": _lazy("Team"),
    "email": _lazy("E-mail"),
    "kind": _lazy("Kind"),
    "reference": _lazy("Reference"),
    "portal": _lazy("Portal"),
    "unsubscribed": _lazy("Unsubscribed from all"),
    "created": _lazy("Added on"),
    "changed": _lazy("Changed on"),
}
USUAL = ("phone", "status", "tags", "team")


@dataclass(frozen=True)
class Column:
    """A column beside the name; `field` when it is one of the account's own."""

    key: str
    label: Any
    field: CustomField | None = None


def offered(fields: list[CustomField]) -> list[Column]:
    """Every column that can be chosen, in the order in which they stand."""
    own = [Column(field.path, field.label, field) for field in fields]
    return [*(Column(key, label) for key, label in LABELS.items()), *own]


def chosen(keys: list[str], fields: list[CustomField]) -> list[Column]:
    """The columns of these keys, in their order; none stand for the usual ones. Raises Invalid for unknown ones.

    A field that was archived since is passed over, so that saved views go on.
    """
    known = {column.key: column for column in offered(fields)}
    errors = Errors()
    for key in keys:
        if key not in known and not key.startswith("custom."):
            errors.add("columns", _("There is no such column."))
    if len(keys) > MOST:
        errors.add("columns", _("At most %(most)s are allowed.", most=MOST))
    errors.raise_any()
    return [known[key] for key in dict.fromkeys(keys) if key in known]


def parse(text: str) -> list[str]:
    """Keys as an address names them, separated by commas."""
    return [key for key in (part.strip() for part in text.split(",")) if key]

"""What the importer chooses: which column is which, how known clients are found, what becomes of them."""

from dataclasses import asdict, dataclass

from django.db import models

from frontdesk.core.checks import Errors
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy

from ..custom.values import fields_in_use
from ..models import Status
from .fields import EMAILS, PHONES, by_key


class Key(models.TextChoices):
    """By what a row is recognised as a client that exists."""

    REFERENCE = "reference", _lazy("Reference")
    EMAIL = "email", _lazy("E-mail")
    PHONE = "phone", _lazy("Phone")
    NAME = "name", _lazy("Name")


class Matched(models.TextChoices):
    """What to do with a row that matches a client that exists."""

    SKIP = "skip", _lazy("Leave it as it is")
    UPDATE = "update", _lazy("Update it")
    CREATE = "create", _lazy("Add another one")


class Unmatched(models.TextChoices):
    """What to do with a row that matches nobody."""

    CREATE = "create", _lazy("Add it")
    SKIP = "skip", _lazy("Leave it out")


@dataclass
class Options:
    """`status` is for new clients whose row names none; `country` is where numbers and addresses without one belong."""

    key: str = Key.EMAIL.value
    matched: str = Matched.SKIP.value
    unmatched: str = Unmatched.CREATE.value
    status: str = Status.ACTIVE.value
    country: str = ""

    def as_json(self) -> dict:
        """For storing."""
        return asdict(self)


def columns_of_key(key: str) -> tuple[str, ...]:
    """The fields of which one must be mapped for a key to be used."""
    return {
        Key.REFERENCE: ("reference",), Key.EMAIL: EMAILS, Key.PHONE: PHONES,
        Key.NAME: ("name", "first_name", "last_name"),
    }[Key(key)]  # fmt: skip


def likely(mapping: list[str], country: str) -> Options:
    """Options that suit the mapped columns: the surest key first. People who share a name are not one person."""
    mapped = set(mapping)
    key = next((key for key in Key.values if mapped & set(columns_of_key(key))), Key.NAME.value)
    matched = Matched.CREATE if key == Key.NAME else Matched.SKIP
    return Options(key=key, matched=matched.value, country=country)


def _check_mapping(errors: Errors, mapping: list[str], columns: list[str]) -> None:
    if len(mapping) != len(columns):
        errors.add(
            "mapping", _("Give a field for each of the %(num)s columns, empty to leave it out.", num=len(columns))
        )
    seen: dict[str, str] = {}
    known = by_key()
    for index, (key, column) in enumerate(zip(mapping, columns, strict=False)):
        if key and key not in known:
            errors.add(f"mapping.{index}", _("There is no such field."))
        elif key in seen and key:
            errors.add(
                f"mapping.{index}",
                _("“%(first)s” is already used for %(field)s.", first=seen[key], field=known[key].title),
            )
        seen.setdefault(key, column)


def _check_names(errors: Errors, mapping: list[str], options: Options) -> None:
    if options.unmatched == Unmatched.CREATE and not {"name", "first_name", "last_name"} & set(mapping):
        errors.add("mapping", _("Choose the column that holds the name."))
    for field in fields_in_use() if options.unmatched == Unmatched.CREATE else ():
        if field.required and field.path not in mapping:
            errors.add("mapping", _("Choose the column that holds “%(field)s”.", field=field.label))


def check(errors: Errors, columns: list[str], mapping: list[str], options: Options) -> None:
    """Note what is wrong with a mapping and options."""
    _check_mapping(errors, mapping, columns)
    errors.choice("key", options.key, Key)
    errors.choice("matched", options.matched, Matched)
    errors.choice("unmatched", options.unmatched, Unmatched)
    errors.choice("status", options.status, Status)
    country = options.country
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        errors.add("country", _("Choose a country."))
    if errors.found:
        return
    _check_names(errors, mapping, options)
    if (options.matched, options.unmatched) == (Matched.SKIP, Unmatched.SKIP):
        errors.add("unmatched", _("Nothing would be imported. Choose to add or to update."))
    if options.matched != Matched.CREATE and not set(columns_of_key(options.key)) & set(mapping):
        errors.add("key", _("No column holds this. Choose another, or say which column it is."))

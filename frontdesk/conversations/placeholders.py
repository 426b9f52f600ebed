"""Placeholders in texts for clients: each stands in braces and has a value for one client at one moment.

This is the only place that fills them in. Higher domains register their own, such as the next appointment.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from frontdesk.accounts import letters
from frontdesk.clients.models import Client, Contact
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Invalid
from frontdesk.core.reader import in_language
from frontdesk.core.registry import Registry
from frontdesk.core.text import gettext as _


@dataclass(frozen=True)
class Occasion:
    """For whom a text is filled in: who writes, the client, the contact who gets it (else the primary one).

    `about` holds what higher domains know of the occasion, by their own names.
    """

    actor: Any
    client: Client
    contact_id: UUID | None = None
    about: dict = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language in which the client is written to."""
        return self.client.language or self.client.account.language

    @cached_property
    def contact(self) -> Contact | None:
        """The contact who gets it, else the primary one."""
        found = list(Contact.objects.filter(client_id=self.client.pk).order_by("-is_primary", "pk")[:50])
        return next((one for one in found if one.pk == self.contact_id), next(iter(found), None))


@dataclass(frozen=True)
class Placeholder:
    """`label` says what it stands for; `value(occasion)` is "" when there is none for this client."""

    key: str
    label: Any
    value: Callable[[Occasion], str]
    order: int = 100


@dataclass(frozen=True)
class Filled:
    """A text as it would be sent; `missing` are the placeholders that have no value and still stand in it."""

    text: str
    missing: tuple[str, ...] = ()


placeholders: Registry[Placeholder] = Registry("placeholder")


def register(placeholder: Placeholder) -> None:
    """Add a placeholder that texts for clients may use."""
    placeholders.register(placeholder.key, placeholder)


def _known() -> set[str]:
    return {one.key for one in placeholders}


def values_of(occasion: Occasion, keys: set[str]) -> dict[str, str]:
    """The values that there are, in the client's language."""
    with in_language(occasion.language):
        found = {one.key: one.value(occasion).strip() for one in placeholders if one.key in keys}
    return {key: value for key, value in found.items() if value}


def fill_all(texts: list[str], occasion: Occasion) -> list[Filled]:
    """Texts with the values for one occasion; every placeholder is asked once for all of them."""
    known = _known()
    asked = [letters.placeholders(text) & known for text in texts]
    values = values_of(occasion, set().union(*asked))
    return [
        Filled(letters.fill(text, values), tuple(sorted(keys - set(values))))
        for text, keys in zip(texts, asked, strict=True)
    ]


def fill(text: str, occasion: Occasion) -> Filled:
    """A text with the values for one occasion."""
    return fill_all([text], occasion)[0]


def check(errors: Errors, field_name: str, text: str) -> None:
    """Note against a field what stands in braces and is no placeholder."""
    letters.check_placeholders(errors, field_name, text, [one.key for one in placeholders])


def refuse_unfilled(text: str) -> None:
    """Raise Invalid for a text that is about to be sent and still holds one of the placeholders."""
    left = sorted(letters.placeholders(text) & _known())
    if left:
        names = ", ".join(f"{{{name}}}" for name in left)
        raise Invalid(
            {"body": [_("There is no value for %(names)s here. Write what should stand there.", names=names)]}
        )

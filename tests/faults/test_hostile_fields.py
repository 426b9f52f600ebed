"""Every field of every form and operation gets hostile values; none makes the server fail (5xx)."""

import json
from urllib.parse import quote_plus

import pytest

from . import hostile
from .attacker import operations, pages
from .hostile_bodies import each_field, full_body, path_of

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(600)]
# Names that some views read without showing them in a form.
UNSHOWN = ("name", "body", "email", "status", "tags", "members", "username", "role", "next", "language", "confirmed")
MOST_BYTES = 2_000_000
# What reaches the code behind a form's own checks; the rest is refused there and sent to all fields at once.
DEEP_TEXTS = ("NUL", "huge number")


def encoded(fields: dict[str, str]) -> bytes:
    """A form's body; lone surrogates become the bytes that no decoder accepts."""
    parts = (f"{quote_plus(name)}={quote_plus(text.encode('utf-8', 'surrogatepass'))}" for name, text in fields.items())
    return "&".join(parts).encode()


def test_every_field_of_every_form(attacker):
    """P1"""
    for route in pages():
        path, shown = attacker.address(route), attacker.fields(route)
        names = sorted(shown.keys() | set(UNSHOWN))
        for what, text in hostile.TEXTS.items():
            everywhere = dict.fromkeys(names, text[: MOST_BYTES // len(names)])
            attacker.send(f"{what} everywhere", "POST", path, encoded(everywhere))
        for what in DEEP_TEXTS:
            for name in shown.keys() or UNSHOWN:
                attacker.send(f"{what} in {name}", "POST", path, encoded({**shown, name: hostile.TEXTS[what]}))
        attacker.send("formsets", "POST", path, encoded({**shown, **hostile.FORMSETS}))


def test_every_field_of_every_operation(attacker):
    """A4"""
    values = {**hostile.TEXTS, **hostile.VALUES}
    for route, method in operations():
        path, body = attacker.address(route), full_body(attacker.maker.schema, path_of(attacker.maker, route), method)
        for what, bad in values.items():
            for changed in each_field(body, bad):
                attacker.send(what, method, path, json.dumps(changed).encode(), hostile.JSON)

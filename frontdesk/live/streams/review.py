"""Whether people may still follow what they follow, asked in a thread."""

import time
from dataclasses import dataclass
from typing import Any

from django.db import connection

from .. import access
from .credentials import Credential, authenticate, fingerprints, same_person
from .stream import Person


@dataclass(frozen=True)
class Verdict:
    """About one person: the actor as they are now, None when they are let in no longer, and what they may follow."""

    person: Person
    fingerprint: int
    actor: Any
    topics: dict[str, frozenset[str]]


def changed(people: list[Person]) -> list[tuple[Person, int]]:
    """Those about whose sign-in or membership anything changed, with their new fingerprint."""
    credentials: dict[Credential, Person] = {person.credential: person for person in people}
    found = fingerprints(list(credentials))
    return [(credentials[one], now) for one, now in found.items() if now != credentials[one].fingerprint]


def review(people: list[tuple[Person, int, set[str]]]) -> list[Verdict]:
    """Look at each person anew: with the fingerprint that was read before, and the names that they follow."""
    return [_verdict(*one) for one in people]


def _verdict(person: Person, fingerprint: int, names: set[str]) -> Verdict:
    actor = authenticate(person.credential)
    if not same_person(person.actor, actor):
        return Verdict(person, fingerprint, None, {})
    return Verdict(person, fingerprint, actor, access.topics_of(actor, names))


class Watch:
    """Tells cheaply whether anything may have been written since it was asked last; used by one thread."""

    FULL_SECONDS = 15.0

    def __init__(self) -> None:
        self._seen: tuple | None = None
        self._full_at = 0.0

    def anything_new(self) -> bool:
        """Whether to look into the database: always on a server, on SQLite when its counter has moved."""
        if connection.vendor != "sqlite":
            return True
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            seen = (id(connection.connection), cursor.fetchone()[0])
        late = time.monotonic() - self._full_at > self.FULL_SECONDS
        if seen == self._seen and not late:
            return False
        self._seen, self._full_at = seen, time.monotonic()
        return True

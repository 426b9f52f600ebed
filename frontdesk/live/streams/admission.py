"""Deciding about a stream, in a thread: who asks, what they may follow, and what they have missed."""

from dataclasses import dataclass
from typing import Any

from frontdesk.core.errors import Missing

from .. import access, queries
from ..cursor import Cursor
from ..topics import Reader
from .credentials import Asked, Credential, authenticate, fingerprints, speech_of
from .rendering import message, plain, render
from .stream import Stream

MOST_NAMES = 50


class SignedOut(Exception):
    """Nobody is let in with what was shown."""


@dataclass(frozen=True)
class Admission:
    """Somebody who may follow all that they named."""

    credential: Credential
    fingerprint: int
    actor: Any
    reader: Reader
    names: tuple[str, ...]
    topics: frozenset[str]


def admit(credential: Credential | None, asked: Asked, names: tuple[str, ...]) -> Admission:
    """Let somebody in; raises SignedOut, and Missing where one of the names may not be followed by them."""
    if credential is None:
        raise SignedOut
    fingerprint = fingerprints([credential])[credential]
    actor = authenticate(credential)
    if actor is None:
        raise SignedOut
    found = access.topics_of(actor, names)
    if len(found) < len(set(names)) or not names or len(names) > MOST_NAMES:
        raise Missing("topic")
    language, zone = speech_of(asked, actor)
    form = "json" if credential.kind == "token" else "html"
    reader = Reader(actor.account_id, language, zone, form, actor.is_portal)
    return Admission(credential, fingerprint, actor, reader, names, frozenset().union(*found.values()))


def since(text: str) -> Cursor | None:
    """From where to catch up: a position, or `@` with the moment at which a page began to be made; None for now."""
    if text.startswith("@") and text[1:].isascii() and text[1:].isdigit() and len(text) < 16:
        return queries.at_moment(int(text[1:]) / 1000)
    return Cursor.parse(text)


def catch_up(stream: Stream, until: Cursor) -> list[bytes]:
    """What a stream missed between its start and a position, as messages; or that it must begin anew."""
    events = queries.missed(stream.reader.account_id, stream.start, until)
    if events is None:
        return [plain("", "reset", {})]
    wanted = [event for event in events if event.topic in stream.topics]
    data = render(wanted, stream.reader) if wanted else {}
    return [
        message(known, str(_passed(event.number, stream.start, until)))
        for event in wanted
        if (known := data[event.number]) is not None
    ]


def _passed(number: int, start: Cursor, until: Cursor) -> Cursor:
    """Where one stands who reads from start to until and has come to a number."""
    if number > start.number:
        return Cursor(number, frozenset(gap for gap in until.gaps if gap < number))
    return Cursor(start.number, frozenset(gap for gap in start.gaps if gap > number or gap in until.gaps))

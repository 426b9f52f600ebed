"""What an event looks like on the wire: rendered once for all who are equal as readers."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, Self
from uuid import UUID

import msgspec
import structlog
from django.utils import timezone

from frontdesk.accounts.models import Account, Member
from frontdesk.core import text
from frontdesk.core.reader import in_language, one_reader
from frontdesk.core.tenancy.context import account_context
from frontdesk.core.text import gettext_lazy as _lazy

from ..topics import Event, Reader, topic_of

log = structlog.get_logger("live")
_encode = msgspec.json.Encoder(enc_hook=str).encode


def _seen(event: Event, reader: Reader) -> dict | None:
    topic = topic_of(event.topic)
    if topic is None or topic.render is None:
        return {}
    try:
        return topic.render(event, reader)
    except Exception:
        log.exception("live event not rendered", topic=topic.name, kind=event.kind)
        return {}


def _rendered(event: Event, reader: Reader) -> bytes | None:
    """The data of an event for a reader; None when it is not for them."""
    seen = _seen(event, reader)
    if seen is None:
        return None
    known = {"topic": event.topic, "kind": event.kind, "number": event.number, "at": event.at}
    return _encode({**event.data, **seen, **known})


@contextmanager
def _reading(reader: Reader) -> Iterator[None]:
    """In the account, language, time zone and words of a reader."""
    spoken = text.use_words(Account.objects.values_list("words", flat=True).get(pk=reader.account_id))
    try:
        with account_context(reader.account_id), in_language(reader.language), timezone.override(reader.zone):
            with one_reader():
                yield
    finally:
        text.release_words(spoken)


def render(events: list[Event], reader: Reader) -> dict[int, bytes | None]:
    """Events by number as one reader gets them, in their account, language, time zone and words."""
    if not any((topic := topic_of(event.topic)) and topic.render for event in events):
        return {event.number: _rendered(event, reader) for event in events}
    with _reading(reader):
        return {event.number: _rendered(event, reader) for event in events}


# Kinds of whispers that are sentences in the reader's language, about a member.
SPOKEN = {
    "typing": _lazy("%(name)s is typing"),
    "looking": _lazy("%(name)s is looking at this conversation"),
    "answering": _lazy("%(name)s is writing an answer"),
}


class Whisper(NamedTuple):
    """Something that is told now and not kept."""

    account_id: UUID
    topic: str
    kind: str
    data: dict

    @classmethod
    def of(cls, message: dict) -> Self:
        """As it came from a process."""
        return cls(UUID(message["account"]), message["topic"], message["what"], message["data"])


def whispered(whisper: Whisper, readers: set[Reader]) -> dict[Reader, bytes]:
    """That somebody is typing or looks, as each reader gets it."""
    member = Member.objects.filter(account_id=whisper.account_id, pk=whisper.data["member"]).first()
    if member is None:
        return {}
    return {reader: plain(*whisper[1:3], whisper.data | _said(reader, whisper.kind, member.name)) for reader in readers}


def _said(reader: Reader, kind: str, name: str) -> dict:
    with _reading(reader):
        return {"text": text.gettext(SPOKEN[kind].message, name=name)}


PING = b"event: ping\ndata: 1\n\n"


def message(data: bytes, number: str = "") -> bytes:
    """One event of a stream; `number` is the position of whoever has read it."""
    head = f"id: {number}\nevent: event\ndata: " if number else "event: event\ndata: "
    return head.encode() + data + b"\n\n"


def position(number: str) -> bytes:
    """Tells where a stream stands, without an event."""
    return f"id: {number}\n\n".encode()


def ping(number: str) -> bytes:
    """Keeps a connection alive, and tells where the stream stands."""
    return f"id: {number}\n".encode() + PING


def plain(topic: str, kind: str, data: dict) -> bytes:
    """An event that is not stored."""
    return message(_encode({**data, "topic": topic, "kind": kind}))

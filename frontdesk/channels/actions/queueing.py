"""Messages are put into the queue, in the transaction of their cause; nobody waits for a provider."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from frontdesk.clients.models import Client
from frontdesk.core.errors import Invalid
from frontdesk.core.fold import clean
from frontdesk.core.text import ngettext

from .. import queries
from ..models import ChannelSettings, Dispatch, State
from ..registry import Channel, Reach, causes, channels, is_owed
from ..waking import wake


@dataclass(frozen=True)
class Letter:
    """A message to send. `key` says what it is for: the same key is queued once. `thread` is what it belongs to.

    `cause` is a key of `registry.causes`, `cause_id` the thing itself. Of `purpose` see `clients.subscriptions.rule`.
    """

    channel: str
    reach: Reach
    text: str
    cause: str
    key: str
    purpose: str = "service"
    client: Client | None = None
    subject: str = ""
    html: str = ""
    cause_id: UUID | None = None
    thread: UUID | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    send_at: datetime | None = None


@dataclass(frozen=True)
class _Way:
    """A channel as the account uses it; `kept` where it cannot send."""

    channel: Channel
    settings: ChannelSettings | None
    kept: bool


def _ways(letters: list[Letter]) -> dict[str, _Way]:
    found = {}
    for key in {letter.channel for letter in letters}:
        row = queries.settings_row(key)
        found[key] = _Way(channels[key], row, bool(queries.missing(channels[key], row)))
    return found


def _check_clients(letters: list[Letter]) -> None:
    """Raise Invalid when a client may not be written to for this purpose."""
    for found in queries.barred_many(letters):
        if found is not None:
            raise Invalid({"channel": [found.text]})


def _check_length(way: _Way, letter: Letter) -> None:
    """Raise Invalid for a text of more parts than the account pays for."""
    if is_owed(letter.cause) or not way.channel.measure:
        return
    measure = way.channel.measure(letter.text, way.settings)
    if measure.segments > measure.most:
        said = ngettext(
            "This is too long: %(num)s part, and at most %(most)s may be sent.",
            "This is too long: %(num)s parts, and at most %(most)s may be sent.",
            measure.segments, most=measure.most,
        )  # fmt: skip
        raise Invalid({"text": [said]})


def _line(text: str, most: int) -> str:
    return clean(text)[:most]


def _headers(letter: Letter) -> dict[str, str]:
    """What the channel says of itself to the client, and what the cause says."""
    own = channels[letter.channel].headers(letter.client, letter.purpose, letter.reach.address) if letter.client else {}
    return {**own, **letter.headers}


def _row(account_id: UUID, letter: Letter, kept: bool, now: datetime) -> Dispatch:
    due = letter.send_at or now
    return Dispatch(
        account_id=account_id, channel=letter.channel, client=letter.client, contact_id=letter.reach.contact_id,
        to=letter.reach.address, to_name=_line(letter.reach.name, 160), subject=_line(letter.subject, 400),
        text=letter.text, html=letter.html, headers=_headers(letter), purpose=letter.purpose,
        cause=causes[letter.cause].key, cause_id=letter.cause_id, thread=letter.thread, key=letter.key,
        state=State.KEPT if kept else State.QUEUED, reason="setup" if kept else "",
        next_at=None if kept else due, due_at=due, queued_at=now,
    )  # fmt: skip


def queue_many(actor, letters: Iterable[Letter]) -> list[Dispatch]:
    """Queue messages whose right the caller has checked; raises Invalid and then queues none.

    Those whose channel is not set up are kept in the outbox.
    """
    letters, now = list(letters), timezone.now()
    ways = _ways(letters)
    _check_clients(letters)
    for letter in letters:
        _check_length(ways[letter.channel], letter)
    with transaction.atomic():
        rows = [_row(actor.account_id, letter, ways[letter.channel].kept, now) for letter in letters]
        Dispatch.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        there = {row.key: row for row in _with_keys([row.key for row in rows])}
        for channel in {row.channel for row in there.values() if row.state == State.QUEUED}:
            wake(channel, min(row.due_at for row in there.values() if row.channel == channel))
    return [there[letter.key] for letter in letters]


def _with_keys(keys: list[str]) -> Iterable[Dispatch]:
    for start in range(0, len(keys), 500):
        yield from Dispatch.objects.filter(key__in=keys[start : start + 500])


def queue(actor, letter: Letter) -> Dispatch:
    """Queue one message, or give back the one that was queued with its key before; raises Invalid."""
    return queue_many(actor, [letter])[0]

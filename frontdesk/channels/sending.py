"""Sending what is due of a channel: several messages at once, each handed to the provider by exactly one worker.

Where much waits, every background process of the installation takes a turn, and they share the connections that the
channel may have at once.

A message is marked as being sent before it leaves. A worker that dies leaves the mark; once it has run out, the next
one asks the provider whether it has the message (`Outgoing.again`), where the provider can tell.
"""

import contextlib
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import structlog
from django.conf import settings as installation
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from frontdesk.core.ids import uuid7_floor
from frontdesk.core.jobs import queue as jobs
from frontdesk.core.tenancy.context import current_account_id
from frontdesk.files import blobs
from frontdesk.files.models import State as FileState
from frontdesk.files.models import StoredFile

from . import outcomes, queries
from .changing import changed
from .models import OPEN, ChannelSettings, Dispatch, State
from .registry import Channel, OutFile, Outgoing, Postponed, Refused, Sent, causes, channels, is_owed
from .waking import turns, wake, wake_later

log = structlog.get_logger("channels")
RUN_SECONDS = 20
BEFORE = timedelta(days=2)
# Answers that come close together are written in one transaction.
GATHERED = 0.03
# So many that another process is worth its start.
MUCH = 100
ELSEWHERE = timedelta(seconds=0.5)
_here: dict[tuple[UUID, str], object] = {}


def due(channel: str, now: datetime) -> QuerySet[Dispatch]:
    """What is to be sent now, and what a dead worker left behind."""
    return Dispatch.objects.filter(channel=channel, state__in=OPEN, next_at__lte=now)


def _first(channel: str, state: State, most: int, now: datetime) -> QuerySet[Dispatch]:
    """Those that are due the longest; of one state, so that an index has them in order however many wait."""
    found = due(channel, now).filter(state=state).select_for_update(skip_locked=True, of=("self",))
    return found.select_related("client").order_by("next_at")[:most]


def claim(channel: str, most: int, attempt: UUID) -> list[Dispatch]:
    """Take some of what is due; `uncertain` then says whether a former try may have reached the provider."""
    now = timezone.now()
    with transaction.atomic():
        rows = list(_first(channel, State.SENDING, most, now))
        rows += _first(channel, State.QUEUED, most - len(rows), now)
        taken = Dispatch.objects.filter(pk__in=[row.pk for row in rows])
        if rows:
            taken.update(
                state=State.SENDING, attempt=attempt, uncertain=True, tries=F("tries") + 1, next_at=now + jobs.LEASE
            )
    for row in rows:
        row.uncertain, row.tries = row.uncertain or row.state == State.SENDING, row.tries + 1
    return rows


def _open(blob: str, size: int) -> Any:
    return blobs.opened(blob, 0, size)


def files_of(row: Dispatch) -> list[StoredFile]:
    """The files that go with a message; raises Postponed while one is still checked, Refused when one was refused."""
    cause = causes.get(row.cause)
    rows = list(cause.files(row.cause_id)) if cause and row.cause_id else []
    if any(one.state == FileState.REFUSED for one in rows):
        raise Refused("file_refused", here=True)
    if any(one.state == FileState.CHECKING for one in rows):
        raise Postponed("files")
    return rows


def _outfile(file: StoredFile) -> OutFile:
    return OutFile(file.name, file.content_type, file.size, partial(_open, file.blob, file.size))


def _taken(row: Dispatch) -> frozenset[str]:
    """The provider's ids of other messages to the same address, which are not this one however alike they are."""
    since = uuid7_floor(int((row.due_at - BEFORE).timestamp() * 1000))
    others = Dispatch.objects.filter(channel=row.channel, to=row.to, pk__gte=since).exclude(pk=row.pk)
    pairs = [*others.values_list("provider_id", "former_id"), (row.former_id,)]
    return frozenset(one for pair in pairs for one in pair if one)


def outgoing(row: Dispatch) -> Outgoing:
    """A message as its channel gets it."""
    return Outgoing(
        id=row.pk, account_id=row.account_id, to=row.to, to_name=row.to_name, subject=row.subject, text=row.text,
        html=row.html, files=[_outfile(one) for one in files_of(row)], headers=row.headers, again=row.uncertain,
        since=row.due_at, taken=_taken(row) if row.uncertain else frozenset(), thread=row.thread,
        owed=is_owed(row.cause),
    )  # fmt: skip


def _message(row: Dispatch) -> Outgoing | Refused | Postponed:
    """As `outgoing`, or why it cannot go."""
    try:
        return outgoing(row)
    except (Refused, Postponed) as told:
        return told
    except OSError:
        return Refused("files", here=True)


def _try(channel: Channel, message: Outgoing, settings: ChannelSettings) -> outcomes.Outcome:
    """One try, in a thread of its own; never raises."""
    try:
        return channel.send(message, settings) if channel.send else Refused("rejected")
    except (Refused, Postponed) as told:
        return told
    except Exception as error:
        log.exception("channel failed", channel=channel.key, dispatch=str(message.id))
        return Postponed("error", type(error).__name__, uncertain=True)


def release(attempt: UUID, rows: list[Dispatch]) -> None:
    """Give back what was claimed and not tried after all."""
    own = Dispatch.objects.filter(attempt=attempt, state=State.SENDING)
    for uncertain in (False, True):
        ids = [row.pk for row in rows if row.uncertain == uncertain]
        if ids:
            own.filter(pk__in=ids).update(
                state=State.QUEUED, attempt=None, uncertain=uncertain, tries=F("tries") - 1, next_at=timezone.now()
            )


class _Run:
    """One worker's turn at a channel of an account.

    More messages are claimed than leave at once, so that the next ones go while others are written down. The first
    answer that the whole channel fails stops all that have not begun.
    """

    def __init__(self, channel: Channel, settings: ChannelSettings, pool: ThreadPoolExecutor, alone: bool):
        self.channel, self.settings, self.pool, self.alone = channel, settings, pool, alone
        self.attempt, self.stopped = uuid4(), threading.Event()
        self.flying: dict[Future, Dispatch] = {}
        self.until = time.monotonic() + RUN_SECONDS
        self.count = 0

    def go(self) -> int:
        """Until nothing is due, the time is over or the channel rests; the number of tries."""
        while True:
            if not self.over:
                self._launch()
            if not self.flying:
                return self.count
            self._land()

    @property
    def over(self) -> bool:
        """Whether nothing more is begun in this turn."""
        return self.stopped.is_set() or time.monotonic() > self.until or self.settings.is_paused

    def _launch(self) -> None:
        """Claim more where there is room; while the channel fails, one message tries whether it works again."""
        most = (1 if self.settings.failures else self.channel.at_once * 2) - len(self.flying)
        # Taking many at a time costs as much as taking one.
        if most <= 0 or (self.flying and most < self.channel.at_once) or self._is_joined():
            return
        kept_back: list[tuple[Dispatch, outcomes.Outcome]] = []
        rows = claim(self.channel.key, most, self.attempt)
        for row, barred in zip(rows, queries.barred_many(rows), strict=True):
            found = Refused(barred.code, here=True) if barred else _message(row)
            if isinstance(found, Outgoing):
                self.flying[self.pool.submit(self._one, found)] = row
            else:
                kept_back.append((row, found))
        self._note(kept_back)

    def _is_joined(self) -> bool:
        """Whether another process has begun beside a turn with all connections, which ends then: the next shares."""
        return self.alone and turns(self.channel.key) > 1

    def _one(self, message: Outgoing) -> outcomes.Outcome | None:
        """One try, in a thread of its own; None when it was stopped before."""
        if self.stopped.is_set():
            return None
        outcome = _try(self.channel, message, self.settings)
        if isinstance(outcome, Postponed) and outcome.whole:
            self.stopped.set()
        return outcome

    def _land(self) -> None:
        """Note what came back; renew the marks of what takes long."""
        done, flying = wait(self.flying, timeout=jobs.LEASE.total_seconds() / 4, return_when=FIRST_COMPLETED)
        if done and flying:
            done = done | wait(flying, timeout=GATHERED).done
        landed = [(self.flying.pop(one), one.result()) for one in done]
        self._note([(row, outcome) for row, outcome in landed if outcome is not None])
        release(self.attempt, [row for row, outcome in landed if outcome is None])
        if flying and not done:
            self._renew([self.flying[one].pk for one in flying])

    def _note(self, done: list[tuple[Dispatch, outcomes.Outcome]]) -> None:
        self.count += len(done)
        outcomes.settle(self.settings, self.attempt, done)

    def _renew(self, ids: Iterable[UUID]) -> None:
        own = Dispatch.objects.filter(pk__in=list(ids), attempt=self.attempt, state=State.SENDING)
        own.update(next_at=timezone.now() + jobs.LEASE)
        jobs.keep_alive()


def _keep(channel: str) -> None:
    """Put what waits back into the outbox: the channel is not set up any more."""
    with transaction.atomic():
        rows = list(due(channel, timezone.now()).select_for_update(skip_locked=True).order_by("next_at")[:500])
        Dispatch.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=State.KEPT, reason="setup", next_at=None, attempt=None
        )
        for row in rows:
            row.state, row.reason = State.KEPT, "setup"
        changed(rows)


@contextlib.contextmanager
def _own_turn(channel: str) -> Iterator[bool]:
    """Whether this process may send for the channel now: a second turn of it would wait for the same processor."""
    place, token = (current_account_id(), channel), object()
    if _here.setdefault(place, token) is not token:
        yield False
        return
    try:
        yield True
    finally:
        del _here[place]


def _processes(channel: Channel, settings: ChannelSettings) -> int:
    """How many processes send what is due: one, unless much is, and the channel works."""
    if settings.failures or installation.JOB_PROCESSES < 2:
        return 1
    waiting = due(channel.key, timezone.now()).filter(state=State.QUEUED).order_by("next_at")
    return installation.JOB_PROCESSES if waiting[MUCH : MUCH + 1].exists() else 1


def _turn(channel: Channel, settings: ChannelSettings) -> int:
    """Send with this process's share of the connections, having called the next process; the number of tries."""
    wanted, running = _processes(channel, settings), max(1, turns(channel.key))
    if wanted > running:
        with transaction.atomic():
            wake(channel.key)
    sharing = max(wanted, running)
    with ThreadPoolExecutor(max(1, channel.at_once // sharing)) as pool:
        return _Run(channel, settings, pool, alone=sharing == 1 < installation.JOB_PROCESSES).go()


def run(key: str) -> int:
    """Send what is due of a channel of the account in context; the number of tries."""
    channel = channels.get(key)
    if channel is None or channel.send is None:
        return 0
    with _own_turn(key) as own:
        count = _send_due(channel) if own else 0
    with transaction.atomic():
        if own:
            wake_later(key)
        else:
            wake(key, timezone.now() + ELSEWHERE)
    return count


def _send_due(channel: Channel) -> int:
    ChannelSettings.objects.get_or_create(channel=channel.key)
    settings = queries.settings_row(channel.key)
    if settings is None or queries.missing(channel, settings):
        _keep(channel.key)
        return 0
    count = 0 if settings.is_paused else _turn(channel, settings)
    if count:
        jobs.keep_alive(progressed=True)
    return count


__all__ = ["Sent", "claim", "due", "run"]

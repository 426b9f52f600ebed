"""Putting jobs into the queue and taking them out."""

import contextlib
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from frontdesk.core.tenancy.context import EVERY_ACCOUNT, current

from .models import QueuedJob, Status
from .registry import Job, find

BACK_OFF = [timedelta(seconds=s) for s in (5, 30, 120, 600, 3600, 6 * 3600, 24 * 3600)]
KEEP_DONE = timedelta(days=2)
LEASE = timedelta(minutes=2)
MOST_JOINED = 50
_running: ContextVar[list[QueuedJob]] = ContextVar("running_jobs")
_held: set[UUID] = set()


def enqueue(entry: Job, *, run_at: datetime | None = None, **arguments) -> QueuedJob:
    """Queue a call in the current transaction and account context; it runs after the commit."""
    account_id = current()
    return QueuedJob.objects.create(
        name=entry.name,
        lane=entry.lane,
        account_id=None if account_id is EVERY_ACCOUNT else account_id,
        arguments=arguments,
        run_at=run_at or timezone.now(),
        request_id=structlog.contextvars.get_contextvars().get("request_id", ""),
    )


def _due(lane: str | None, now: datetime) -> list[QuerySet[QueuedJob]]:
    """What is to be run, each part as an index has it in order: what a dead worker left behind, then what waits."""
    rows = QueuedJob.objects.all() if lane is None else QueuedJob.objects.filter(lane=lane)
    left = rows.filter(status=Status.RUNNING, lease_until__lt=now)
    return [left.order_by("run_at"), rows.filter(status=Status.WAITING, run_at__lte=now).order_by("run_at")]


def _first(parts: list[QuerySet[QueuedJob]]) -> QueuedJob | None:
    free = (part.select_for_update(skip_locked=True).exclude(pk__in=list(_held)) for part in parts)
    return next((row for part in free for row in part[:1]), None)


def _next(lane: str | None, now: datetime) -> QueuedJob | None:
    """The job to run; one that several workers died with waits as if it had failed, and others go before it."""
    left, waiting = _due(lane, now)
    row = _first([left])
    if row is not None and row.attempts > 1:
        entry = find(row.name)
        fail(row, row.error, entry.attempts if entry else 0)
        row = None
    return row or _first([waiting])


def _joined(row: QueuedJob, now: datetime) -> list[QueuedJob]:
    """A job with those that are done together with it; one that failed before is done by itself."""
    entry = find(row.name)
    if entry is None or not entry.joins or row.attempts:
        return [row]
    (_left, waiting) = _due(row.lane, now)
    like = waiting.filter(name=row.name, account_id=row.account_id, attempts=0).exclude(pk=row.pk)
    return [row, *like.select_for_update(skip_locked=True)[: MOST_JOINED - 1]]


def claim(lane: str | None = None, ended: Iterable[QueuedJob] = ()) -> list[QueuedJob]:
    """Take the next due job, or one whose worker died (its lease ran out), with others that are done together with it.

    Those that `ended` are marked as done before. `lane` is the one to take from, "" for jobs that have none; None
    takes all.
    """
    now, ended = timezone.now(), list(ended)
    if not ended and not any(part.exists() for part in _due(lane, now)):
        return []
    with transaction.atomic():
        finish(ended)
        row = _next(lane, now)
        taken = _joined(row, now) if row is not None else []
        for one in taken:
            one.status, one.lease_until, one.attempts = Status.RUNNING, now + LEASE, one.attempts + 1
        found = QueuedJob.objects.filter(pk__in=[one.pk for one in taken])
        found.update(status=Status.RUNNING, lease_until=now + LEASE, attempts=F("attempts") + 1)
    return taken


def finish(rows: Iterable[QueuedJob]) -> None:
    """Mark runs as done."""
    found = QueuedJob.objects.filter(pk__in=[row.pk for row in rows])
    found.update(status=Status.DONE, ended_at=timezone.now(), error="")


def fail(row: QueuedJob, error: str, attempts: int) -> None:
    """Queue another try after a growing pause, or give up where an admin sees it."""
    row.error = error[:4000]
    if row.attempts >= attempts:
        row.status, row.ended_at = Status.DEAD, timezone.now()
    else:
        row.status = Status.WAITING
        row.run_at = timezone.now() + BACK_OFF[min(row.attempts, len(BACK_OFF)) - 1]
    row.save(update_fields=["status", "ended_at", "error", "run_at"])


def renew() -> None:
    """Prolong the leases of all that this process runs; called while it lives, so a dead one's work is free soon."""
    if _held:
        QueuedJob.objects.filter(pk__in=list(_held), status=Status.RUNNING).update(lease_until=timezone.now() + LEASE)


def keep_alive(progressed: bool = False) -> None:
    """Tell, from inside a long run, that it still works, so that no other worker takes it over.

    A run that `progressed` for good has all its tries before it again: what stopped it before is behind it.
    """
    rows = _running.get([])
    again = {"attempts": 1} if progressed else {}
    QueuedJob.objects.filter(pk__in=[row.pk for row in rows]).update(lease_until=timezone.now() + LEASE, **again)
    for row in rows if progressed else ():
        row.attempts = 1


@contextlib.contextmanager
def running(rows: list[QueuedJob]) -> Iterator[None]:
    """Mark the block as the run of queue entries."""
    ids, token = {row.pk for row in rows}, _running.set(rows)
    _held.update(ids)
    try:
        yield
    finally:
        _held.difference_update(ids)
        _running.reset(token)


def dead_jobs(account_id):
    """The jobs of an account that were given up, newest first."""
    return QueuedJob.objects.filter(account_id=account_id, status=Status.DEAD).order_by("-id")


def retry(row: QueuedJob) -> None:
    """Give a dead job its tries anew."""
    row.status, row.attempts, row.run_at, row.ended_at = Status.WAITING, 0, timezone.now(), None
    row.save(update_fields=["status", "attempts", "run_at", "ended_at"])


def discard(row: QueuedJob) -> None:
    """Give up a dead job for good."""
    row.status, row.ended_at = Status.CANCELLED, timezone.now()
    row.save(update_fields=["status", "ended_at"])


def prune() -> int:
    """Delete what was done or cancelled two days ago; the number of rows."""
    old = QueuedJob.objects.filter(status__in=[Status.DONE, Status.CANCELLED], ended_at__lt=timezone.now() - KEEP_DONE)
    return old.delete()[0]

"""Putting jobs into the queue and taking them out."""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from frontdesk.core.tenancy.context import EVERY_ACCOUNT, current

from .models import QueuedJob, Status
from .registry import Job, outside_names

BACK_OFF = [timedelta(seconds=s) for s in (5, 30, 120, 600, 3600, 6 * 3600, 24 * 3600)]
KEEP_DONE = timedelta(days=2)
LEASE = timedelta(minutes=2)
_running: ContextVar[QueuedJob | None] = ContextVar("running_job", default=None)
_held: set[UUID] = set()


def enqueue(entry: Job, *, run_at: datetime | None = None, **arguments) -> QueuedJob:
    """Queue a call in the current transaction and account context; it runs after the commit."""
    account_id = current()
    return QueuedJob.objects.create(
        name=entry.name,
        account_id=None if account_id is EVERY_ACCOUNT else account_id,
        arguments=arguments,
        run_at=run_at or timezone.now(),
        request_id=structlog.contextvars.get_contextvars().get("request_id", ""),
    )


def _kind(outside: bool | None) -> Q:
    if outside is None:
        return Q()
    names = Q(name__in=outside_names())
    return names if outside else ~names


def claim(outside: bool | None = None) -> QueuedJob | None:
    """Take the next due job, or one whose worker died (its lease ran out); None when there is nothing to do.

    `outside` says whether to take those that wait for other people's servers, or the others; None takes both.
    """
    now = timezone.now()
    due = Q(status=Status.WAITING, run_at__lte=now) | Q(status=Status.RUNNING, lease_until__lt=now)
    due &= _kind(outside)
    if not QueuedJob.objects.filter(due).exists():
        return None
    with transaction.atomic():
        waiting = QueuedJob.objects.select_for_update(skip_locked=True).filter(due).exclude(pk__in=list(_held))
        found = waiting.order_by("run_at").first()
        if found is None:
            return None
        found.status, found.lease_until, found.attempts = Status.RUNNING, now + LEASE, found.attempts + 1
        found.save(update_fields=["status", "lease_until", "attempts"])
    return found


def finish(row: QueuedJob) -> None:
    """Mark a run as done."""
    row.status, row.ended_at, row.error = Status.DONE, timezone.now(), ""
    row.save(update_fields=["status", "ended_at", "error"])


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
    row = _running.get()
    if row is None:
        return
    if progressed:
        row.attempts = 1
    QueuedJob.objects.filter(pk=row.pk).update(lease_until=timezone.now() + LEASE, attempts=row.attempts)


@contextlib.contextmanager
def running(row: QueuedJob) -> Iterator[None]:
    """Mark the block as the run of one queue entry."""
    token = _running.set(row)
    _held.add(row.pk)
    try:
        yield
    finally:
        _held.discard(row.pk)
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

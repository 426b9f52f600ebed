"""The background process: runs queued jobs and the periodic ones."""

import contextlib
import threading
import time
import traceback
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import structlog
from django.db import close_old_connections, transaction
from django.utils import timezone

from frontdesk.core.tenancy.context import account_context

from . import queue
from .models import Heartbeat, QueuedJob, Schedule
from .registry import Job, all_jobs, every, find

log = structlog.get_logger("jobs")
IDLE_SECONDS = 0.5
TROUBLE_SECONDS = 3
BEAT_SECONDS = 15
THREADS = 2


def run_one(row: QueuedJob) -> None:
    """Run one claimed job in its account's context and note how it ended; never raises."""
    entry = find(row.name)
    if entry is None:
        queue.fail(row, f"no job is called {row.name}", attempts=0)
        return
    if row.attempts > entry.attempts:
        # Each of its runs took the worker down with it.
        queue.fail(row, row.error, attempts=0)
        return
    scope = account_context(row.account_id) if row.account_id else contextlib.nullcontext()
    try:
        with (
            structlog.contextvars.bound_contextvars(request_id=row.request_id, job=row.name),
            scope,
            queue.running(row),
        ):
            entry(**row.arguments)
    except Exception:
        log.exception("job failed", job=row.name, id=str(row.id), attempt=row.attempts)
        queue.fail(row, traceback.format_exc(limit=-8), entry.attempts)
    else:
        queue.finish(row)


def run_due(outside: bool | None = None) -> int:
    """Run everything that is due now, `outside` as in `queue.claim`; the number of jobs run."""
    count = 0
    while (row := queue.claim(outside)) is not None:
        run_one(row)
        count += 1
    return count


def _take_turn(entry: Job, period: timedelta) -> bool:
    """Whether this worker runs a periodic job now; moves its next time on."""
    now = timezone.now()
    with transaction.atomic():
        row, _made = Schedule.objects.select_for_update().get_or_create(name=entry.name, defaults={"next_at": now})
        if row.next_at > now:
            return False
        Schedule.objects.filter(name=entry.name).update(next_at=now + period)
    return True


def run_periodic() -> int:
    """Run the periodic jobs whose time has come; a failing one is logged and waits for its next turn."""
    coming = dict(Schedule.objects.values_list("name", "next_at"))
    count = 0
    for entry in all_jobs():
        if (
            entry.period is None
            or coming.get(entry.name, timezone.now()) > timezone.now()
            or not _take_turn(entry, entry.period)
        ):
            continue
        count += 1
        try:
            entry()
        except Exception:
            log.exception("periodic job failed", job=entry.name)
    return count


def beat() -> None:
    """Show that the worker lives."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": timezone.now()})


def _loop(stop: threading.Event, turn: Callable[[], int]) -> None:
    while not stop.is_set():
        try:
            worked = turn()
        except Exception:
            log.exception("worker turn failed")
            close_old_connections()
            stop.wait(TROUBLE_SECONDS)
        else:
            stop.wait(0 if worked else IDLE_SECONDS)


class _Pulse:
    """The turn of a thread of its own, so that no long job delays it: the sign of life, and the leases of what runs."""

    def __init__(self):
        self.last_beat = float("-inf")

    def __call__(self) -> int:
        if time.monotonic() - self.last_beat > BEAT_SECONDS:
            beat()
            queue.renew()
            self.last_beat = time.monotonic()
        return 0


def run(stop: threading.Event) -> None:
    """Work until `stop` is set, two jobs at a time beside two that wait for other people's servers.

    A database that is away is waited for.
    """
    own, outside = partial(run_due, False), partial(run_due, True)
    turns = [_Pulse(), run_periodic, *[own] * THREADS, *[outside] * THREADS]
    threads = [threading.Thread(target=_loop, args=(stop, turn), daemon=True) for turn in turns]
    for thread in threads:
        thread.start()
    stop.wait()
    for thread in threads:
        thread.join(timeout=5)


@every("jobs.prune", hours=1)
def prune_jobs() -> None:
    """Keep the queue's table small."""
    queue.prune()

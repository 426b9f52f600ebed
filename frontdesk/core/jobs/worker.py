"""The background process: runs queued jobs and the periodic ones."""

import contextlib
import sys
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
from .registry import Job, all_jobs, every, find, lanes

log = structlog.get_logger("jobs")
IDLE_SECONDS = 0.5
TROUBLE_SECONDS = 3
BEAT_SECONDS = 15
THREADS = 2
# Python lets a busy thread go on for 5 ms whenever another one comes back from the database: with forty statements
# that is more than all of a job's own work, and it is waited for while the job holds the database's write lock.
SWITCH_SECONDS = 0.0005


def run_claimed(rows: list[QueuedJob]) -> list[QueuedJob]:
    """Run claimed jobs, one or several as one, in their account's context; those that ended well. Never raises."""
    first, entry = rows[0], find(rows[0].name)
    if entry is None or first.attempts > entry.attempts:
        # It is unknown to this version, or each of its runs took the worker down with it.
        reason = first.error if entry else f"no job is called {first.name}"
        queue.fail(first, reason, attempts=0)
        return []
    try:
        _call(entry, rows)
    except Exception:
        if len(rows) > 1:
            # Whichever of them is to blame, the others are done.
            return [done for row in rows for done in run_claimed([row])]
        log.exception("job failed", job=first.name, id=str(first.id), attempt=first.attempts)
        queue.fail(first, traceback.format_exc(limit=-8), entry.attempts)
        return []
    return rows


def _call(entry: Job, rows: list[QueuedJob]) -> None:
    first, arguments = rows[0], dict(rows[0].arguments)
    if len(rows) > 1:
        arguments[entry.joins] = [item for row in rows for item in row.arguments[entry.joins]]
    scope = account_context(first.account_id) if first.account_id else contextlib.nullcontext()
    bound = structlog.contextvars.bound_contextvars(request_id=first.request_id, job=first.name)
    with bound, scope, queue.running(rows):
        entry(**arguments)


def run_due(lane: str | None = None) -> int:
    """Run everything that is due now, `lane` as in `queue.claim`; the number of jobs run."""
    count, ended = 0, list[QueuedJob]()
    while rows := queue.claim(lane, ended):
        ended = run_claimed(rows)
        count += len(rows)
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
    """Work until `stop` is set, two jobs at a time, and two of each lane beside them.

    A database that is away is waited for.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    turns = [_Pulse(), run_periodic, *[partial(run_due, lane) for lane in ("", *lanes())] * THREADS]
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

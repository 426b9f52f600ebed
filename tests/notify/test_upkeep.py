"""A3, X11: what happened while somebody was away in one notice; failed jobs for admins; old notices go."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from frontdesk.accounts.actions.away import AwayInput, end_away, set_away
from frontdesk.clients.actions import assignments
from frontdesk.core.jobs.models import QueuedJob, Status
from frontdesk.notify import actions, jobs
from frontdesk.notify.models import Notice

from .helpers import number, titles, told, work

MONDAY = datetime.fromisoformat("2026-11-16T09:00:00+00:00")


@pytest.fixture
def away(within):
    """Cole is away until Thursday, and is handed a client on Tuesday."""
    with time_machine.travel(MONDAY, tick=False) as clock:
        set_away(within.cole, within.cole, AwayInput(ends_at=MONDAY + timedelta(days=3)))
        clock.move_to(MONDAY + timedelta(days=1))
        assignments.assign(within.sam, within.victor, [within.cole.pk])
        work()
        within.clock = clock
        yield within


def test_whoever_comes_back_hears_once_what_happened(away):
    away.clock.move_to(MONDAY + timedelta(days=2))
    end_away(away.cole, away.cole)
    work()
    assert titles(away.cole)[0] == "While you were away: 1 notification"
    away.clock.move_to(MONDAY + timedelta(days=3, hours=1))
    jobs.returned_by_time()
    assert [kind for kind, _count in told(away.cole)] == ["clients.assigned", "people.back"]


def test_an_absence_that_ends_by_itself_is_told_once_too(away):
    jobs.returned_by_time()
    assert len(told(away.cole)) == 1
    away.clock.move_to(MONDAY + timedelta(days=3, minutes=4))
    for _time in range(2):
        jobs.returned_by_time()
        actions.read_all(away.cole)
    assert [kind for kind, _count in told(away.cole)] == ["clients.assigned", "people.back"]


def test_who_comes_back_to_nothing_hears_nothing(within):
    set_away(within.cole, within.cole, AwayInput())
    end_away(within.cole, within.cole)
    work()
    jobs.returned_by_time()
    assert told(within.cole) == []


def test_failed_jobs_are_told_to_the_admins_of_their_account_once_each(within):
    for _job in range(2):
        QueuedJob.objects.create(
            name="clients.import", account_id=within.account.pk, status=Status.DEAD, run_at=timezone.now(),
            ended_at=timezone.now(),
        )  # fmt: skip
    for _time in range(2):
        jobs.dead_jobs()
    assert told(within.ana) == [("system.job", 2)] and titles(within.ana) == ["2 background jobs failed"]
    assert told(within.sam) == [] and number(within.ana) == 1


def test_old_notices_go(within):
    long_ago = timezone.now() - timedelta(days=91)
    for read_at in (long_ago, timezone.now(), None):
        Notice.objects.create(
            account=within.account, member=within.ana, kind="system.job", area="system", key=str(read_at), at=long_ago,
            read_at=read_at,
        )  # fmt: skip
    jobs.prune()
    assert Notice.objects.count() == 2

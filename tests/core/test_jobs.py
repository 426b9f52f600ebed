"""Background work: queued with its cause, retried, given up where an admin sees it, taken over from the dead."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from frontdesk.core.jobs import queue, registry, worker
from frontdesk.core.jobs.models import Heartbeat, QueuedJob, Schedule, Status
from frontdesk.core.jobs.registry import Job
from frontdesk.core.tenancy.context import account_context, current


@pytest.fixture
def jobs(monkeypatch, db):
    """A registry of three planted jobs, and what they did."""
    done: list = []

    def fail(**given):
        done.append(given)
        raise ValueError("planted reason")

    planted = [
        Job("planted.work", lambda **given: done.append((given, current()))),
        Job("planted.fail", fail, attempts=3),
        Job("planted.tick", lambda: done.append("tick"), attempts=1, period=timedelta(minutes=5)),
    ]
    monkeypatch.setattr(registry, "_jobs", {job.name: job for job in planted})
    done_and_jobs = {job.name.partition(".")[2]: job for job in planted}
    return done, done_and_jobs


@pytest.fixture
def joining(jobs, monkeypatch):
    """A job whose calls are joined, and the lists that it was called with; it refuses "bad"."""
    calls: list = []

    def gather(items: list[str]) -> None:
        calls.append(items)
        if "bad" in items:
            raise ValueError("planted reason")

    entry = Job("planted.gather", gather, attempts=2, lane="planted", joins="items")
    monkeypatch.setitem(registry._jobs, entry.name, entry)
    return entry, calls


def _due_now():
    QueuedJob.objects.update(run_at=timezone.now() - timedelta(seconds=1))


def test_a_job_runs_once_in_the_account_of_its_cause(jobs, cast):
    done, planted = jobs
    with account_context(cast.account):
        queue.enqueue(planted["work"], number=1)
    assert worker.run_due() == 1
    assert done == [({"number": 1}, cast.account.pk)]
    assert worker.run_due() == 0
    assert QueuedJob.objects.get().status == Status.DONE


@pytest.mark.django_db(transaction=True)
def test_a_cause_rolled_back_leaves_no_job(jobs):
    done, planted = jobs
    with pytest.raises(RuntimeError), transaction.atomic():
        queue.enqueue(planted["work"])
        raise RuntimeError
    assert worker.run_due() == 0
    assert done == []


def test_a_later_job_waits(jobs):
    _done, planted = jobs
    queue.enqueue(planted["work"], run_at=timezone.now() + timedelta(hours=1))
    assert worker.run_due() == 0
    _due_now()
    assert worker.run_due() == 1


def test_a_failing_job_is_retried_with_growing_pauses_and_then_given_up(jobs):
    done, planted = jobs
    queue.enqueue(planted["fail"])
    pauses = []
    for _attempt in range(2):
        assert worker.run_due() == 1
        row = QueuedJob.objects.get()
        assert row.status == Status.WAITING
        pauses.append(row.run_at - timezone.now())
        _due_now()
    assert pauses[0] < timedelta(seconds=6) < pauses[1] < timedelta(seconds=31)
    worker.run_due()
    row = QueuedJob.objects.get()
    assert (row.status, row.attempts, len(done)) == (Status.DEAD, 3, 3)
    assert "planted reason" in row.error


def test_a_failure_takes_back_nothing_but_its_own_transaction(jobs, monkeypatch):
    _done, planted = jobs
    queue.enqueue(planted["fail"])
    queue.enqueue(planted["work"])
    assert worker.run_due() == 2
    assert sorted(QueuedJob.objects.values_list("status", flat=True)) == [Status.DONE, Status.WAITING]


def test_a_dead_job_runs_again_when_retried(jobs, cast):
    _done, planted = jobs
    with account_context(cast.account):
        queue.enqueue(planted["fail"])
    QueuedJob.objects.update(status=Status.DEAD, attempts=3)
    row = queue.dead_jobs(cast.account.pk).get()
    queue.retry(row)
    assert worker.run_due() == 1
    assert QueuedJob.objects.get().attempts == 1


def test_a_discarded_job_never_runs(jobs):
    _done, planted = jobs
    queue.enqueue(planted["work"])
    queue.discard(QueuedJob.objects.get())
    assert worker.run_due() == 0


def test_the_job_of_a_killed_worker_is_taken_over_when_its_lease_ends(jobs):
    _done, planted = jobs
    queue.enqueue(planted["work"])
    assert queue.claim()
    assert not queue.claim()
    QueuedJob.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert worker.run_due() == 1
    assert QueuedJob.objects.get().attempts == 2


def _killed():
    """The worker that runs something dies, and its lease ends."""
    QueuedJob.objects.filter(status=Status.RUNNING).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_job_that_kills_its_worker_every_time_is_given_up(jobs):
    done, planted = jobs
    queue.enqueue(planted["work"])
    while QueuedJob.objects.get().status != Status.DEAD:
        _due_now()
        queue.claim()
        _killed()
    assert QueuedJob.objects.get().attempts == planted["work"].attempts
    assert done == []


def test_a_job_that_two_workers_died_with_goes_behind_the_others(jobs):
    done, planted = jobs
    queue.enqueue(planted["work"], number=1)
    for _time in range(2):
        assert queue.claim()
        _killed()
    queue.enqueue(planted["work"], number=2)
    assert worker.run_due() == 1
    assert [given["number"] for given, _account in done] == [2]
    _due_now()
    assert worker.run_due() == 1


def test_a_long_run_keeps_its_lease(jobs):
    _done, planted = jobs
    queue.enqueue(planted["work"])
    taken = queue.claim()
    QueuedJob.objects.update(lease_until=timezone.now())
    with queue.running(taken):
        queue.keep_alive()
    assert QueuedJob.objects.get().lease_until > timezone.now() + timedelta(minutes=1)


def test_a_job_that_this_version_does_not_know_is_given_up(db):
    QueuedJob.objects.create(name="gone", run_at=timezone.now())
    assert worker.run_due() == 1
    assert QueuedJob.objects.get().status == Status.DEAD


def test_a_periodic_job_runs_once_a_period(jobs):
    done, _planted = jobs
    assert worker.run_periodic() == 1
    assert worker.run_periodic() == 0
    Schedule.objects.update(next_at=timezone.now() - timedelta(seconds=1))
    assert worker.run_periodic() == 1
    assert done == ["tick", "tick"]


def test_a_failing_periodic_job_does_not_stop_the_others(jobs, monkeypatch):
    done, _planted = jobs
    broken = Job("planted.a_broken", lambda: 1 / 0, attempts=1, period=timedelta(minutes=5))
    monkeypatch.setitem(registry._jobs, broken.name, broken)
    assert worker.run_periodic() == 2
    assert done == ["tick"]


def test_the_worker_shows_that_it_lives(db):
    worker.beat()
    worker.beat()
    assert Heartbeat.objects.get().at > timezone.now() - timedelta(minutes=1)


def test_old_entries_are_pruned_and_dead_ones_stay(jobs):
    old = timezone.now() - timedelta(days=3)
    for status in (Status.DONE, Status.CANCELLED, Status.DEAD):
        QueuedJob.objects.create(name="planted.work", run_at=old, ended_at=old, status=status)
    assert queue.prune() == 2
    assert QueuedJob.objects.get().status == Status.DEAD


def test_two_jobs_of_one_name_are_refused(jobs):
    with pytest.raises(ValueError, match="twice"):
        registry.job("planted.work")(print)


def test_a_living_worker_keeps_what_it_runs_and_a_dead_ones_work_is_free_soon(db):
    """A lease lasts two minutes and is prolonged while the process lives; its own threads never take it twice."""
    QueuedJob.objects.create(name="rest.prune", run_at=timezone.now())
    (row,) = queue.claim()
    with queue.running([row]):
        QueuedJob.objects.filter(pk=row.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
        assert not queue.claim(), "another thread of the same process"
        queue.renew()
        assert QueuedJob.objects.get(pk=row.pk).lease_until > timezone.now() + timedelta(minutes=1)
    QueuedJob.objects.filter(pk=row.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert [one.pk for one in queue.claim()] == [row.pk], "its process is gone"


def test_what_is_due_together_is_one_call_of_one_account(joining, cast):
    entry, calls = joining
    for item in "abc":
        queue.enqueue(entry, items=[item])
    queue.enqueue(entry, items=["later"], run_at=timezone.now() + timedelta(hours=1))
    with account_context(cast.account):
        queue.enqueue(entry, items=["other"])
    assert worker.run_due("planted") == 4
    assert calls == [["a", "b", "c"], ["other"]]
    assert QueuedJob.objects.filter(status=Status.DONE).count() == 4


def test_one_that_fails_is_parted_from_the_others(joining):
    entry, calls = joining
    for item in ("a", "bad", "c"):
        queue.enqueue(entry, items=[item])
    worker.run_due("planted")
    assert calls == [["a", "bad", "c"], ["a"], ["bad"], ["c"]]
    left = QueuedJob.objects.exclude(status=Status.DONE).get()
    assert left.arguments == {"items": ["bad"]} and left.status == Status.WAITING and left.attempts == 1
    queue.enqueue(entry, items=["d"])
    _due_now()
    worker.run_due("planted")
    assert calls[4:] == [["bad"], ["d"]], "tried again by itself"


def test_a_lane_is_not_held_up_by_what_waits_in_another(joining, jobs):
    entry, _calls = joining
    queue.enqueue(entry, items=["a"])
    assert worker.run_due("") == 0
    queue.enqueue(jobs[1]["work"])
    assert worker.run_due("planted") == 1 and worker.run_due("") == 1


def test_a_run_is_marked_as_done_with_the_next_claim(jobs):
    _done, planted = jobs
    queue.enqueue(planted["work"])
    rows = queue.claim()
    assert worker.run_claimed(rows) == rows and not queue.claim("", rows)
    assert QueuedJob.objects.get().status == Status.DONE


@pytest.mark.parametrize("lane", ["", "outside", None])
def test_the_next_job_is_found_in_an_index(jobs, lane):
    left, waiting = queue._due(lane, timezone.now())
    for part in (left[:1], waiting[:1]):
        plan = part.explain()
        assert "job_due" in plan or connection.vendor == "postgresql"
        assert "TEMP B-TREE" not in plan or lane is None

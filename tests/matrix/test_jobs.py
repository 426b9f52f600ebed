"""Every job, run for one account with the ids of the other, changes nothing in the other."""

import contextlib
import inspect
import logging

import pytest
from django.core import mail
from django.db import transaction

from frontdesk.core.jobs.registry import Job, all_jobs
from frontdesk.core.tenancy.context import account_context

from .bodies import REFERENCES, reference
from .objects import MISSING, make_world
from .traces import fingerprint, pointing_at

# Arguments of jobs that hold no id: what to pass.
PLAIN = {
    "turn": 0, "language": "en", "email": "nobody@example.com", "former": "former@example.com", "user_id": str(MISSING),
    "change": "added", "mail": "welcome", "blob": "planted/pl/planted",

    # Activities of another account are tried in tests/notify.
    "activities": [str(MISSING)], "channel": "mail",
    "notices": [str(MISSING)], "attempt": 0, "batch": str(MISSING), "since": "2026-01-01T00:00:00+00:00",
    "until": "2026-01-02T00:00:00+00:00",
}  # fmt: skip


@pytest.fixture
def world(cast):
    """The cast with an object of every kind."""
    logging.disable(logging.CRITICAL)
    yield make_world(cast)
    logging.disable(logging.NOTSET)


def _value(world, parameter: inspect.Parameter):
    name = parameter.name
    if name in REFERENCES:
        return str(reference(world, name, "foreign"))
    if name.removesuffix("s") in REFERENCES:
        return [str(reference(world, name.removesuffix("s"), "foreign"))]
    if name in PLAIN:
        return PLAIN[name]
    assert parameter.default is not parameter.empty, f"say in REFERENCES or PLAIN what the job argument {name} holds"
    return parameter.default


def _arguments(world, job: Job) -> dict:
    taken = inspect.signature(job.function).parameters
    return {name: _value(world, parameter) for name, parameter in taken.items()}


@pytest.mark.parametrize("job", [job for job in all_jobs() if job.period is None], ids=lambda job: job.name)
def test_a_job_keeps_to_its_account(world, job):
    cast = world.cast
    before = fingerprint(cast.other.account)
    arguments = _arguments(world, job)
    with account_context(cast.account), contextlib.suppress(Exception), transaction.atomic():
        job(**arguments)
    assert fingerprint(cast.other.account) == before
    foreign = {value for named in world.ids["foreign"].values() for value in named.values()}
    assert pointing_at(cast.account, foreign) == []
    assert not [to for sent in mail.outbox for to in sent.to if "other.example" in to or "zoe" in to]


@pytest.mark.parametrize("job", [job for job in all_jobs() if job.period is not None], ids=lambda job: job.name)
def test_a_periodic_job_runs_without_any_account(world, job):
    job()

"""The background worker is killed during jobs: every job ends, its effect is there once, hopeless ones are shown."""

import os
import random
import time
from datetime import UTC, datetime

import pytest

from .installation import Installation, wait_until
from .work import queue, unfinished

pytestmark = [pytest.mark.faults, pytest.mark.slow]
KILLS = int(os.environ.get("FRONTDESK_TEST_KILLS", "50"))
JOBS_PER_KILL = 4
LEASE_SECONDS = 0.5
POISON_ATTEMPTS = 3


def wait_for_a_run(installation: Installation) -> None:
    """Until a worker has taken a job, or none is left."""
    running = "SELECT count(*) FROM jobs_queuedjob WHERE status = 'running' AND lease_until > ?"
    wait_until(lambda: installation.database.value(running, str(datetime.now(UTC))) or not unfinished(installation))


@pytest.mark.timeout(300)
def test_every_job_ends_and_has_its_effect_once(install):
    installation, chance = install(lease_seconds=LEASE_SECONDS), random.Random(7)
    wanted = [f"Job {number}" for number in range(KILLS * JOBS_PER_KILL)]
    for body in wanted:
        queue(installation, "faults.write", {"client_id": installation.client, "body": body})
    began = time.monotonic()
    for _kill in range(KILLS):
        worker = installation.hatchery.start("worker")
        wait_for_a_run(installation)
        time.sleep(chance.uniform(0, 0.1))
        installation.hatchery.kill(worker)
    again = installation.database.value("SELECT count(*) FROM jobs_queuedjob WHERE attempts > 1")
    installation.hatchery.start("worker")
    wait_until(lambda: not unfinished(installation))
    repeated = installation.database.value("SELECT count(*) FROM jobs_queuedjob WHERE attempts > 1")
    print(
        f"\n{KILLS} kills in {time.monotonic() - began:.0f} s; {max(again, repeated)} of {len(wanted)} jobs ran again"
    )
    ended = "SELECT status, count(*) FROM jobs_queuedjob WHERE name = 'faults.write' GROUP BY status"
    assert installation.database.rows(ended) == [("done", len(wanted))]
    assert sorted(installation.database.column("SELECT body FROM clients_note WHERE body LIKE 'Job %'")) == sorted(
        wanted
    )
    assert repeated


def state(installation: Installation) -> tuple[str, int]:
    """Where the poisonous job stands, and how often it was begun."""
    return installation.database.rows("SELECT status, attempts FROM jobs_queuedjob WHERE name = 'faults.poison'")[0]


def test_a_job_that_kills_its_worker_is_given_up_and_shown(install):
    installation = install(lease_seconds=LEASE_SECONDS)
    queue(installation, "faults.poison", {})
    for run in range(1, POISON_ATTEMPTS + 1):
        worker = installation.hatchery.start("worker")
        wait_until(lambda run=run: state(installation) == ("running", run))
        installation.hatchery.kill(worker)
    installation.hatchery.start("worker")
    wait_until(lambda: state(installation)[0] == "dead")
    installation.start_web()
    page = installation.caller().get("/settings/jobs/")
    assert page.status == 200 and "It was stopped while it ran." in page.text

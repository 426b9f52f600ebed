"""A3: the worker is killed while it tells people: nobody is told twice, nobody is left out, the counters are right."""

import os
import random
import time
import uuid

import pytest

from .installation import wait_until
from .test_kill_worker import LEASE_SECONDS, wait_for_a_run
from .work import queue, unfinished

pytestmark = [pytest.mark.faults, pytest.mark.slow]
KILLS = int(os.environ.get("FRONTDESK_TEST_KILLS", "50"))
HAPPENINGS_PER_KILL = 4


@pytest.mark.timeout(300)
def test_everything_is_told_once(install):
    installation, chance = install(lease_seconds=LEASE_SECONDS), random.Random(11)
    wanted = KILLS * HAPPENINGS_PER_KILL
    for _number in range(wanted):
        queue(installation, "faults.happen", {"subject_id": str(uuid.uuid4())})
    for _kill in range(KILLS):
        worker = installation.hatchery.start("worker")
        wait_for_a_run(installation)
        time.sleep(chance.uniform(0, 0.1))
        installation.hatchery.kill(worker)
    installation.hatchery.start("worker")
    wait_until(lambda: not unfinished(installation))
    rows = installation.database.rows("SELECT count(*), sum(count) FROM notify_notice WHERE kind = 'system.webhook'")
    told = installation.database.value("SELECT count(*) FROM notify_told")
    unread = installation.database.value("SELECT unread FROM notify_counter WHERE area = 'system'")
    again = installation.database.value("SELECT count(*) FROM jobs_queuedjob WHERE attempts > 1")
    print(f"\n{KILLS} kills, {wanted} happenings, {again} jobs ran again")
    assert [tuple(map(int, row)) for row in rows] == [(wanted, wanted)]
    assert told == wanted and unread == wanted and again

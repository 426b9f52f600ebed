"""Web processes are killed while people save: what was acknowledged is there once, and nothing is half there."""

import os
import random
import time

import pytest

from .installation import ON_POSTGRESQL, wait_until
from .savers import start_savers
from .whole import faults

pytestmark = [pytest.mark.faults, pytest.mark.slow]
KILLS = int(os.environ.get("FRONTDESK_TEST_KILLS", "20" if ON_POSTGRESQL else "100"))
PEOPLE = 4


@pytest.mark.timeout(600)
def test_nothing_acknowledged_is_lost_or_half_written(install):
    """C9"""
    installation, chance = install(), random.Random(7)
    group = installation.start_web(2)
    savers, told, stop = start_savers(installation, PEOPLE)
    began = time.monotonic()
    for _kill in range(KILLS):
        answered = told.answers
        wait_until(lambda seen=answered: told.answers > seen)
        time.sleep(chance.uniform(0, 0.15))
        installation.hatchery.kill(group)
        group = installation.start_web(2)
    stop.set()
    for saver in savers:
        saver.join(60)
    print(f"\n{KILLS} kills in {time.monotonic() - began:.0f} s: {told}")
    assert told.wrong == []
    assert faults(installation.database, told) == []
    assert told.answers >= KILLS and told.retries

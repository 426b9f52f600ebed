"""`frontdesk run` is killed while people write: what was acknowledged is there once, in order, and came once."""

import os
import random
import time

import pytest

from .installation import ON_POSTGRESQL, wait_until
from .listeners import follow, hear_everything
from .messengers import open_rooms, start_messengers
from .running import Running
from .spoken import faults

pytestmark = [pytest.mark.faults, pytest.mark.slow]
# Each start takes some seconds: 100 are for a run of their own.
KILLS = int(os.environ.get("FRONTDESK_TEST_KILLS", "4" if ON_POSTGRESQL else "10"))
SOON, WITH_EVERY_PROCESS = 0.3, 3
# One in so many kills waits until all processes are up; one in so many leaves the children to end by themselves.
LATE, ALONE = 5, 4


@pytest.fixture
def running(install, free_port):
    """An installation that runs, and how."""
    installation = install()
    made = Running(installation, free_port)
    made.start()
    yield installation, made
    made.stop()


def kill_again_and_again(installation, server, said) -> None:
    """Kill and start, each time after something was answered."""
    chance = random.Random(5)
    for kill in range(KILLS):
        answered = said.answers
        wait_until(lambda seen=answered: said.answers > seen)
        time.sleep(chance.uniform(0, WITH_EVERY_PROCESS if kill % LATE == LATE - 1 else SOON))
        server.kill(alone=kill % ALONE == ALONE - 1)
        server.start()


@pytest.mark.timeout(1800)
def test_messages_survive(running):
    """M8"""
    installation, server = running
    rooms = open_rooms(installation)
    followers = [(name, follow(installation, name)) for name in ("cora", "sam")]
    wait_until(lambda: all(one.follows for _name, one in followers))
    messengers, said, stop = start_messengers(installation, rooms)
    began = time.monotonic()
    kill_again_and_again(installation, server, said)
    stop.set()
    for one in messengers:
        one.join(60)
    print(f"\n{KILLS} kills in {time.monotonic() - began:.0f} s: {said}")
    assert said.wrong == [] and faults(installation, said) == []
    hear_everything(installation, rooms, followers)
    assert said.answers >= KILLS and said.retries

"""Redis stops, hangs, forgets and comes back while people write on two machines: nobody notices but by a moment."""

import copy
import time

import pytest

from tests.live.processes import REDIS, Redis, second_machine

from .installation import wait_until
from .listeners import follow, hear_everything
from .messengers import WRITERS, open_rooms, start_messengers
from .spoken import faults

pytestmark = [
    pytest.mark.faults, pytest.mark.slow,
    pytest.mark.skipif(not REDIS, reason="no Redis here: apt-get install redis-server"),
]  # fmt: skip
ROUNDS = 2
# Longer than a process rests from a Redis that did not answer, so that it asks again while it is away.
AWAY_SECONDS, BACK_SECONDS = 6, 1.5


@pytest.fixture
def shared(tmp_path, free_port):
    """A Redis."""
    made = Redis(tmp_path, free_port)
    yield made
    made.stop()


@pytest.fixture
def machines(install, shared, tmp_path, monkeypatch):
    """Two machines of one installation with two web processes each; the second one as an installation too."""
    monkeypatch.setenv("FRONTDESK_REDIS", shared.url)
    first = install()
    first.start_web(2)
    hatchery = second_machine(first, tmp_path / "second", monkeypatch)
    hatchery.start("web 2")
    second = copy.copy(first)
    second.port = hatchery.port
    wait_until(lambda: second.caller(5).get("/health/live").status == 200)
    yield first, second
    hatchery.close()


def trouble(shared: Redis) -> None:
    """What can happen to a Redis."""
    shared.stop()
    time.sleep(AWAY_SECONDS)
    shared.start()
    time.sleep(BACK_SECONDS)
    shared.flush()
    time.sleep(BACK_SECONDS)
    shared.freeze()
    time.sleep(AWAY_SECONDS)
    shared.thaw()
    time.sleep(BACK_SECONDS)


@pytest.mark.timeout(300)
def test_messages_do_not_need_it(machines, shared):
    """M8"""
    first, second = machines
    rooms = open_rooms(first)
    followers = [(name, follow(first, name, one.port)) for one in machines for name in ("cora", "sam")]
    wait_until(lambda: all(loyal.follows for _name, loyal in followers))
    messengers, said, stop = start_messengers(first, rooms)
    more, also_said, also_stop = start_messengers(second, rooms)
    for _round in range(ROUNDS):
        trouble(shared)
    stop.set(), also_stop.set()
    for one in messengers + more:
        one.join(60)
    print(f"\n{said}\n{also_said}")
    for each in (said, also_said):
        assert each.wrong == [] and not each.retries and len(each.posted) > len(WRITERS) * ROUNDS
    said.posted |= also_said.posted
    assert faults(first, said) == []
    hear_everything(first, rooms, followers)
    assert [loyal.connects for _name, loyal in followers] == [1] * len(followers)

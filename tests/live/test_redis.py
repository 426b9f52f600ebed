"""M8 on two machines: Redis carries hints between them, and may stop, restart and forget; no event is lost."""

import statistics
import time

import pytest

from ..faults.installation import wait_until
from .follower import Follower
from .processes import REDIS, Loyal, Publisher, Redis, second_machine
from .test_processes import cookie

pytestmark = [
    pytest.mark.faults, pytest.mark.slow,
    pytest.mark.skipif(not REDIS, reason="no Redis here: apt-get install redis-server"),
]  # fmt: skip
# What polling alone would seldom reach.
QUICK = 0.4


@pytest.fixture
def shared(tmp_path, free_port):
    """A Redis."""
    made = Redis(tmp_path, free_port)
    yield made
    made.stop()


@pytest.fixture
def machines(install, shared, tmp_path, monkeypatch):
    """Two machines of one installation: data directories of their own, one database, one Redis; one publishes."""
    monkeypatch.setenv("FRONTDESK_REDIS", shared.url)
    first = install()
    publisher = Publisher(first)
    second = second_machine(first, tmp_path / "second", monkeypatch)
    second.start("web 1")
    url = f"http://127.0.0.1:{second.port}"
    wait_until(lambda: Follower(url, "me", method="HEAD").status == 401, 30)
    yield first, publisher, url
    publisher.close()
    second.close()


def delays(publisher, follower, numbers) -> list[float]:
    """How long each number takes from before it is published."""
    found = []
    for number in numbers:
        began = time.monotonic()
        publisher.publish(number)
        came = follower.until(lambda number=number: [e for e in follower.of("told") if e["n"] == number])[0]["came"]
        found.append(came - began)
        time.sleep(0.13)
    return found


def test_hints_and_whispers_cross_between_machines(machines):
    first, publisher, url = machines
    follower = Follower(url, "team", **cookie(first.session)).opened()
    time.sleep(0.5)
    assert statistics.median(delays(publisher, follower, range(8))) < QUICK / 2
    publisher.ask(whisper=["team", "moved", {"n": 1}])
    follower.got("moved", seconds=1)
    assert len(follower.of("moved")) == 1


def test_a_redis_that_stops_and_comes_back(machines, shared):
    first, publisher, url = machines
    loyal = Loyal(url, "team", **cookie(first.session))
    wait_until(lambda: loyal._current and loyal._current.position, 10)
    publisher.publish(0)
    shared.stop()
    began = time.monotonic()
    publisher.publish(1)
    assert time.monotonic() - began < 1.5
    for number in range(2, 10):
        publisher.publish(number)
    wait_until(lambda: len(loyal.seen) == 10, 4)
    shared.start()
    for number in range(10, 15):
        publisher.publish(number)
    shared.flush()
    for number in range(15, 20):
        publisher.publish(number)
    wait_until(lambda: len(loyal.seen) == 20, 4)
    follower = Follower(url, "team", **cookie(first.session)).opened()
    time.sleep(6)
    assert statistics.median(delays(publisher, follower, range(20, 28))) < QUICK / 2
    wait_until(lambda: len(loyal.seen) == 28, 4)
    assert loyal.stop() == list(range(28))

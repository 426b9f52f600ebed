"""M8 on real processes: several of them, restarted and killed; nothing is lost and nothing comes twice."""

import contextlib
import os
import signal
import time
from pathlib import Path

import pytest

from ..faults.installation import wait_until
from .follower import Follower
from .processes import Loyal, Publisher

pytestmark = [pytest.mark.faults, pytest.mark.slow]


@pytest.fixture
def publisher_of():
    """A function that starts a publisher."""
    made = []

    def start(installation) -> Publisher:
        made.append(Publisher(installation))
        return made[-1]

    yield start
    for publisher in made:
        publisher.close()


def address(installation) -> str:
    return f"http://127.0.0.1:{installation.port}"


def cookie(key: str) -> dict[str, str]:
    return {"Cookie": f"frontdesk_session={key}"}


def processes_of(group: int) -> list[Path]:
    """The processes of a group that have not ended, by their directories."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, _parent, its_group = (process / "stat").read_text().rpartition(") ")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                found.append(process)
    return found


def sockets_by_process(group: int) -> list[int]:
    """How many sockets each process of a group holds."""
    return [
        sum(os.readlink(link).startswith("socket:") for link in (process / "fd").iterdir())
        for process in processes_of(group)
    ]


def test_two_web_processes_and_a_third_that_publishes(install, publisher_of):
    installation = install()
    group = installation.start_web(2)
    publisher = publisher_of(installation)
    followers = [Follower(address(installation), "me,team", **cookie(installation.session)) for _tab in range(16)]
    for one in followers:
        one.opened()
    # Sockets of its own, and those of some streams.
    assert len(sockets_by_process(group)) == 2 and min(sockets_by_process(group)) > 4
    began = time.monotonic()
    for number in range(20):
        publisher.publish(number)
    publisher.ask(whisper=["team", "moved", {"n": 1}])
    for one in followers:
        one.got("told", 20), one.got("moved")
        assert [event["n"] for event in one.of("told")] == list(range(20))
    first = max(one.of("told")[0]["came"] for one in followers)
    assert first - began < 1


def test_presence_and_revocation_reach_every_process(install, publisher_of):
    installation = install()
    installation.start_web(2)
    publisher = publisher_of(installation)
    anas = [Follower(address(installation), "me,team", **cookie(installation.session)).opened() for _tab in range(8)]
    key = publisher.ask(session="Sam")
    sams = [Follower(address(installation), "me,team", **cookie(key)).opened() for _tab in range(8)]
    wait_until(lambda: publisher.ask(present=True) == ["Ana", "Sam"], 5)
    for one in anas:
        one.until(lambda one=one: len({i for e in one.of("presence") for i in e.get("online", ())}) == 2, 5)
    publisher.ask(revoke="Sam")
    ended = time.monotonic()
    for one in sams:
        one.end_within(2.5)
    assert time.monotonic() - ended < 2.5
    wait_until(lambda: publisher.ask(present=True) == ["Ana"], 10)
    assert not any(one.ended for one in anas)


@pytest.mark.parametrize("how", ["terminated", "killed"])
def test_a_restart_loses_nothing_and_doubles_nothing(install, publisher_of, how):
    installation = install()
    group = installation.start_web(2)
    publisher = publisher_of(installation)
    loyal = [Loyal(address(installation), "me,team", **cookie(installation.session)) for _tab in range(20)]
    wait_until(lambda: all(one._current and one._current.position for one in loyal), 20)
    count = 0
    for _restart in range(3):
        for _some in range(30):
            publisher.publish(count, count + 1)
            count += 2
        if how == "killed":
            installation.hatchery.kill(group)
        else:
            os.killpg(group, signal.SIGTERM)
        for _some in range(10):
            publisher.publish(count)
            count += 1
        wait_until(lambda group=group: not processes_of(group), 10)
        group = installation.start_web(2)
    wait_until(lambda: all(len(one.seen) >= count for one in loyal), 30)
    assert all(one.stop() == list(range(count)) for one in loyal)
    assert all(one.connects > 1 for one in loyal)


def test_open_streams_do_not_hold_up_the_end(install):
    installation = install()
    group = installation.start_web()
    one = Follower(address(installation), "me,team", **cookie(installation.session)).opened()
    began = time.monotonic()
    os.killpg(group, signal.SIGTERM)
    one.end_within(2)
    wait_until(lambda: not processes_of(group), 5)
    assert time.monotonic() - began < 2.5


def test_what_is_there_is_counted(install, publisher_of):
    installation = install()
    installation.start_web()
    publisher = publisher_of(installation)
    some = [Follower(address(installation), "team", **cookie(installation.session)).opened() for _tab in range(3)]
    publisher.publish(1)
    for one in some:
        one.got("told")
    text = installation.caller().probe("/metrics").text
    assert "frontdesk_live_streams 3.0" in text and "frontdesk_live_events_total 3.0" in text
    some[0].close()
    wait_until(lambda: "frontdesk_live_streams 2.0" in installation.caller().probe("/metrics").text, 5)

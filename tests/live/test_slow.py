"""M8: those who take nothing hold nobody up; they are dropped, and may come back."""

import re
import socket
import time

import pytest

from ..faults.installation import wait_until
from .follower import Follower
from .processes import Publisher
from .test_processes import address, cookie

pytestmark = [pytest.mark.faults, pytest.mark.slow]
LARGE = "x" * 3000


def stuck(port: int, key: str) -> socket.socket:
    """A connection that asks for a stream and never reads."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    made.connect(("127.0.0.1", port))
    made.sendall(f"GET /rt/stream?follow=team HTTP/1.1\r\nHost: x\r\nCookie: frontdesk_session={key}\r\n\r\n".encode())
    return made


def half_open(port: int) -> socket.socket:
    """A connection that never finishes its request."""
    made = socket.create_connection(("127.0.0.1", port))
    made.sendall(b"GET /rt/stream?follow=team HTTP/1.1\r\nHost: x\r\n")
    return made


def counted(installation, name: str) -> int:
    """A figure of the metrics."""
    found = re.search(rf"^frontdesk_live_{name} (\d+)", installation.caller().probe("/metrics").text, re.M)
    return int(found[1]) if found else 0


@pytest.fixture
def crowd(install):
    """An installation in which one member may have many streams."""
    made = install(streams_of_member=10_000)
    made.start_web()
    return made


@pytest.mark.parametrize("count", [40, 500])
def test_slow_and_half_open_ones_hold_nobody_up(crowd, count):
    publisher = Publisher(crowd)
    slow = [stuck(crowd.port, crowd.session) for _number in range(count)]
    waiting = [half_open(crowd.port) for _number in range(count)]
    wait_until(lambda: counted(crowd, "streams") == count, 60)
    quick = Follower(address(crowd), "team", **cookie(crowd.session)).opened()
    longest = 0.0
    for number in range(300):
        began = time.monotonic()
        publisher.ask(publish=[["team", "told", {"n": number, "large": LARGE}]])
        if number % 20 == 0:
            came = quick.until(lambda number=number: any(event["n"] == number for event in quick.of("told")[-1:]))
            longest = max(longest, time.monotonic() - began)
            assert came
    quick.got("told", 300)
    assert [event["n"] for event in quick.of("told")] == list(range(300))
    wait_until(lambda: counted(crowd, "streams") == 1, 60)
    assert counted(crowd, "dropped_total") == count
    print(f"\n{count} slow and {count} half-open: the longest wait of the others was {longest * 1000:.0f} ms")
    assert longest < 1
    for one in (*slow, *waiting):
        one.close()
    publisher.close()

"""M4: the provider of text messages fails in every way, the worker is killed: nothing is lost, nothing goes twice."""

import os
import random
import time
from collections import Counter

import pytest

from frontdesk.channels.registry import channels

from ..channels.provider import LOSE, REFUSE, SID, Provider, error, hang
from .installation import wait_until
from .planted_channels import problem, set_up, states, write
from .test_kill_worker import LEASE_SECONDS

pytestmark = [pytest.mark.faults, pytest.mark.slow]
KILLS = int(os.environ.get("FRONTDESK_TEST_KILLS", "50"))
PER_KILL = 4
BURST = int(os.environ.get("FRONTDESK_TEST_BURST", "10000"))
# A request may begin before the provider has put aside the one that it has just answered.
OVERLAP = 2
# An hour passes in half a second.
PACE = 0.5 / 3600


@pytest.fixture
def provider():
    """The provider, which keeps its address when it goes away and comes back."""
    made = Provider()
    yield made
    made.close()


def once_each(provider, texts) -> None:
    """Every recipient has the message, and none has it twice."""
    assert Counter(provider.bodies) == Counter(texts)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (500, "provider"),
        ((429, error(429, 20429, "Too Many Requests"), {"Retry-After": "3"}), "busy"),
        (hang(60), "unreachable"),
        ((200, b"\x00\xff garbage"), "garbage"),
        (REFUSE, "unreachable"),
        (LOSE, "unreachable"),
        ((401, error(401, 20003, "Authenticate")), "credentials"),
    ],
    ids=["500", "429", "hang", "garbage", "cut", "lost answers", "password"],
)
def test_a_provider_that_fails_holds_up_nothing_and_loses_nothing(install, provider, fault, said):
    installation = install(pace=0.02, provider_seconds=1)
    installation.start_web()
    set_up(installation, provider)
    provider.constant = fault
    texts = write(installation, 40)
    installation.hatchery.start("worker")
    wait_until(lambda: problem(installation) == said)
    slowest = max(_timed(installation, "/outbox/") for _number in range(5))
    provider.constant = None
    wait_until(lambda: states(installation) == {"sent": len(texts)}, 90)
    once_each(provider, texts)
    print(f"\n{said}: {len(provider.requests)} requests for {len(texts)} messages, a page took {slowest * 1000:.0f} ms")
    assert slowest < 1


def _timed(installation, path: str) -> float:
    began = time.monotonic()
    assert installation.caller().get(path).status == 200
    return time.monotonic() - began


def test_an_hour_without_a_provider(install, provider):
    installation = install(pace=PACE * 60)
    installation.start_web()
    set_up(installation, provider)
    port = provider.port
    provider.close()
    texts = write(installation, 200)
    installation.hatchery.start("worker")
    wait_until(lambda: problem(installation) == "unreachable")
    time.sleep(20)
    assert states(installation) == {"queued": len(texts)}
    back = Provider(port=port)
    wait_until(lambda: states(installation) == {"sent": len(texts)}, 90)
    back.close()
    once_each(back, texts)


@pytest.mark.timeout(400)
def test_a_killed_worker_loses_none_and_sends_none_twice(install, provider):
    installation, chance = install(lease_seconds=LEASE_SECONDS, pace=0.01), random.Random(5)
    installation.start_web()
    set_up(installation, provider)
    provider.delay = 0.03
    texts: list[str] = []
    for kill in range(KILLS):
        texts += write(installation, PER_KILL, kill * PER_KILL)
        worker, before = installation.hatchery.start("worker"), len(provider.requests)
        wait_until(lambda before=before: len(provider.requests) > before)
        time.sleep(chance.uniform(0, 0.08))
        installation.hatchery.kill(worker)
    installation.hatchery.start("worker")
    wait_until(lambda: states(installation) == {"sent": len(texts)}, 120)
    once_each(provider, texts)
    again = installation.database.value("SELECT count(*) FROM channels_dispatch WHERE tries > 1")
    asked = sum(method == "GET" for method, _path in provider.requests)
    print(f"\n{KILLS} kills, {len(texts)} messages, {again} tried again, {asked} looked up at the provider")
    assert again and asked and f"/{SID}/" in provider.requests[0][1]


@pytest.mark.timeout(600)
def test_many_messages_drain_while_pages_answer(install, provider):
    installation = install()
    installation.start_web()
    set_up(installation, provider)
    provider.delay = 0.05
    _timed(installation, "/clients/")
    texts = write(installation, BURST)
    began = time.monotonic()
    for _number in range(2):
        installation.hatchery.start("worker")
    times = []
    while states(installation) != {"sent": len(texts)}:
        assert time.monotonic() - began < 500
        times.append(_timed(installation, "/clients/"))
        time.sleep(0.2)
    seconds = time.monotonic() - began
    times.sort()
    middle, late = times[len(times) // 2] * 1000, times[int(len(times) * 0.99)] * 1000
    print(f"\n{len(texts)} messages in {seconds:.0f} s: {len(texts) / seconds:.0f} a second,", end=" ")
    print(f"{provider.most_at_once} at once; pages: {middle:.0f} ms, 99 of 100 within {late:.0f} ms")
    once_each(provider, texts)
    assert late < 1000 and provider.most_at_once <= channels["sms"].at_once + OVERLAP

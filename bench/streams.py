"""Live streams: one event to a thousand of them, what each costs in memory, and a restart that loses nothing."""

import asyncio
import gc
import random
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from statistics import median

import uvloop
from django.db import connections, transaction

from . import servers
from .report import Report
from .visitors import Visitor, colleagues

STREAMS, QUICK_STREAMS = 1000, 200
ROUNDS, RESTARTS = 15, 3
OF_EACH = 5
OPENING_AT_ONCE = 50
MOST_TIMES, MOST_KIBIBYTES = 2, 40
PATIENCE_SECONDS = 120
TEXT = "x" * 200
NUMBER = re.compile(rb'"n":(\d+)')
POSITION = re.compile(rb"^id: (\S+)", re.M)


class Tap(asyncio.Protocol):
    """The browser's end of a stream: notes which numbers came, and when the last one did."""

    def __init__(self, head: Callable[[str], bytes], port: int):
        self.head, self.port = head, port
        self.numbers: list[int] = []
        self.position, self.came, self.open = "", 0.0, False
        self.stays = True
        self._held = b""

    async def connect(self) -> None:
        """Open the stream and wait for its first position."""
        while not self.open:
            try:
                self.transport, _protocol = await asyncio.get_running_loop().create_connection(
                    lambda: self, "127.0.0.1", self.port
                )
                self.transport.write(self.head(self.position))
            except OSError:
                await asyncio.sleep(0.1)
                continue
            for _try in range(600):
                if self.open:
                    return
                await asyncio.sleep(0.05)
            self.transport.abort()

    def data_received(self, data: bytes) -> None:
        """Note what came."""
        *whole, self._held = (self._held + data).split(b"\n\n")
        for message in whole:
            if position := POSITION.search(message):
                self.position, self.open = position[1].decode(), True
            self.note(message)

    def note(self, message: bytes) -> None:
        """Keep the number of an event."""
        if number := NUMBER.search(message):
            self.numbers.append(int(number[1]))
            self.came = time.perf_counter()

    def connection_lost(self, exc: Exception | None) -> None:
        """Come back, as a browser does."""
        self.open, self._held = False, b""
        if self.stays:
            self._coming = asyncio.ensure_future(self._come_back())

    async def _come_back(self) -> None:
        await asyncio.sleep(random.uniform(0, 2))
        await self.connect()

    def close(self) -> None:
        """Go away."""
        self.stays = False
        self.transport.abort()


def head(visitor: Visitor, follow: str) -> Callable[[str], bytes]:
    """What a browser sends to follow, from the position where it was."""
    cookie = visitor.cookies()["Cookie"]

    def made(after: str) -> bytes:
        resume = f"Last-Event-ID: {after}\r\n" if after else ""
        line = f"GET /rt/stream?follow={follow} HTTP/1.1\r\nHost: localhost\r\n"
        return f"{line}Cookie: {cookie}\r\n{resume}\r\n".encode()

    return made


def _resident(pid: int) -> float:
    """KiB of memory that a process holds."""
    return int(re.search(r"^VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(), re.M)[1])


async def _opened(heads: list[Callable[[str], bytes]], port: int) -> list[Tap]:
    taps = [Tap(head, port) for head in heads]
    for start in range(0, len(taps), OPENING_AT_ONCE):
        await asyncio.gather(*(tap.connect() for tap in taps[start : start + OPENING_AT_ONCE]))
    return taps


async def _until(condition: Callable[[], bool]) -> None:
    deadline = time.perf_counter() + PATIENCE_SECONDS
    while not condition():
        if time.perf_counter() > deadline:
            raise TimeoutError("events are missing")
        await asyncio.sleep(0.002)


class _Bench:
    """The two servers with a thousand streams each; `publish` and `post` tell them a number."""

    def __init__(self, members: list[Visitor], count: int):
        self.members, self.count = members, count
        self.account_id = members[0].member.account_id
        self.threads = ThreadPoolExecutor(1)

    def heads(self) -> list[Callable[[str], bytes]]:
        return [head(self.members[number // OF_EACH], "me,team") for number in range(self.count)]

    def _publish(self, number: int) -> None:
        from frontdesk.live.publishing import publish

        with transaction.atomic():
            publish(self.account_id, "team", "told", {"n": number, "text": TEXT})

    async def publish(self, number: int) -> None:
        """As an action does: a row with its transaction, then a hint to the web process."""
        await asyncio.get_running_loop().run_in_executor(self.threads, self._publish, number)

    async def publish_some(self, numbers: Iterator[int], count: int) -> None:
        """The next numbers, one after the other."""
        for number in islice(numbers, count):
            await self.publish(number)
            await asyncio.sleep(0.02)

    async def post(self, port: int, number: int) -> None:
        """To the floor."""
        body = f'event: event\ndata: {{"topic":"team","kind":"told","n":{number},"text":"{TEXT}"}}\n\n'
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"POST /rt/stream HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
        await reader.readline()
        writer.close()

    async def round(self, taps: list[Tap], tell: Callable, number: int) -> float:
        """Seconds until the last stream has a number."""
        began = time.perf_counter()
        await tell(number)
        await _until(lambda: all(tap.numbers and tap.numbers[-1] == number for tap in taps))
        return max(tap.came for tap in taps) - began

    def close(self) -> None:
        self.threads.submit(connections.close_all).result()
        self.threads.shutdown()


async def _measure(report: Report, data: Path, bench: _Bench) -> None:
    with servers.application(data) as own, servers.floor(data) as bare:
        servers.first_answer(own.port)
        first = await _opened(bench.heads()[:OF_EACH], own.port)
        await bench.round(first, bench.publish, 0)
        before = _resident(own.pid)
        taps = first + await _opened(bench.heads()[OF_EACH:], own.port)
        await asyncio.sleep(3)
        grown = (_resident(own.pid) - before) / (len(taps) - OF_EACH)
        others = await _opened(bench.heads(), bare.port)
        rounds = []
        gc.disable()
        for number in range(1, ROUNDS + 1):
            one = await bench.round(taps, bench.publish, number)
            least = await bench.round(others, lambda number: bench.post(bare.port, number), number)
            rounds.append((one * 1000, least * 1000))
            await asyncio.sleep(0.2)
        gc.enable()
        for tap in taps + others:
            tap.close()
    value, least = (median(values) for values in zip(*rounds, strict=True))
    report.note([f"streams: {len(taps)}, the last one after {value:.0f} ms, of the floor after {least:.0f} ms"])
    report.add("streams.last", value, "ms", least, MOST_TIMES)
    report.add("streams.memory", max(grown, 0.1), "KiB a stream", 1, MOST_KIBIBYTES)


async def _through_restarts(report: Report, data: Path, bench: _Bench) -> None:
    """Numbers that are missing or come twice while the web process ends and begins again."""
    taps: list[Tap] = []
    numbers = iter(range(1000))
    with servers.listening() as bound:
        for _restart in range(RESTARTS):
            with servers.application(data, bound):
                taps = taps or await _opened(bench.heads(), bound.getsockname()[1])
                await _until(lambda taps=taps: all(tap.open for tap in taps))
                await bench.publish_some(numbers, 20)
            await bench.publish_some(numbers, 5)
        with servers.application(data, bound):
            last = next(numbers)
            await bench.publish(last)
            await _until(lambda: all(tap.numbers and tap.numbers[-1] == last for tap in taps))
    wrong = sum(_wrong(tap.numbers, last + 1) for tap in taps)
    for tap in taps:
        tap.close()
    report.note([f"streams: {last + 1} events to {len(taps)} through {RESTARTS} restarts, {wrong} lost or doubled"])
    report.add("streams.lost", wrong, "events", 1, 0)


def _wrong(numbers: list[int], count: int) -> int:
    """How many of the numbers below a count are missing or there twice."""
    return len(set(range(count)) ^ set(numbers)) + len(numbers) - len(set(numbers))


def run(report: Report, data: Path, member, *, quick: bool) -> None:
    """A thousand streams of the people of one account, five of each."""
    count = QUICK_STREAMS if quick else STREAMS
    bench = _Bench(colleagues(member, count // OF_EACH), count)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_measure(report, data, bench))
            runner.run(_through_restarts(report, data, bench))
    finally:
        bench.close()

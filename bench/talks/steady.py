"""Open pages and a steady stream of requests for minutes, on everything that `frontdesk run` starts."""

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path

import uvloop

from .. import servers
from ..client import Request
from ..report import Report
from ..streams import Tap, head
from ..visitors import Visitor
from . import people
from .people import Crowd

PEOPLE, OF_EACH, ROOMS, IN_ROOM, PROCESSES = 40, 5, 12, 14, 2
SECONDS, QUICK_SECONDS = 600, 30
A_SECOND, LINES = 30, 30
# Until every process is up and has answered something; its times do not count, its errors do.
WARM_UP_SECONDS = 6
OPENING_AT_ONCE = 20
# What arrives later than this is lost.
PATIENCE_SECONDS = 60
MOST_TIMES = 1.05
MESSAGE = b'"kind":"message"'
POSTS = (people.post_by_page, people.post_by_operation)
# A third writes; who opens or reads a room moves their mark.
TURNS: tuple[Callable[..., Request], ...] = (
    people.post_by_page, people.open_rooms, people.history, people.post_by_operation, people.open_thread,
    people.open_rooms, people.post_by_page, people.mark_read, people.open_thread,
)  # fmt: skip


class Page(Tap):
    """An open page: the messages that it was told, as thread and number."""

    def __init__(self, head: Callable[[str], bytes], port: int):
        super().__init__(head, port)
        self.messages: list[tuple[str, int]] = []

    def note(self, message: bytes) -> None:
        """Keep which message it is about."""
        if MESSAGE in message:
            told = json.loads(message.partition(b"data: ")[2].partition(b"\n")[0])
            self.messages.append((told["topic"].removeprefix("thread:"), told["n"]))


class Line:
    """A connection of a browser or program, opened when it is needed and again when the server has ended it."""

    def __init__(self, port: int):
        self.port = port
        self.reader: asyncio.StreamReader | None = None

    async def send(self, request: Request) -> tuple[int, bytes]:
        """Status and body of the answer."""
        if self.reader is None or self.reader.at_eof():
            self.close()
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writer.write(request.raw())
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
        length = next((int(line[15:]) for line in lines if line.startswith("content-length:")), 0)
        return int(lines[0].split()[1]), await self.reader.readexactly(length)

    def close(self) -> None:
        """End it."""
        if self.reader is not None:
            self.reader = None
            self.writer.close()


class Steady:
    """Requests at their times, whether or not those before were answered, on as many lines as that takes."""

    def __init__(self, crowd: Crowd, port: int):
        self.crowd, self.port = crowd, port
        self.free: list[Line] = [Line(port) for _number in range(LINES)]
        self.seconds: list[float] = []
        self.posted: dict[str, int] = dict.fromkeys(crowd.members_of, 0)
        self.wrong: list[str] = []

    async def _one(self, number: int, due: float) -> None:
        make, place = TURNS[number % len(TURNS)], number * 11 % len(self.crowd.people)
        rooms = self.crowd.rooms_of[place]
        thread = rooms[number // len(TURNS) % len(rooms)]
        line = self.free.pop() if self.free else Line(self.port)
        try:
            status, body = await line.send(make(self.crowd.people[place], thread, f"Message {number} of many"))
        except (OSError, EOFError) as problem:
            line.close()
            self.wrong.append(f"{make.__name__}: {problem!r}")
            return
        finally:
            self.free.append(line)
        self.seconds.append(time.perf_counter() - due)
        if status >= 400 or (status >= 300 and make not in POSTS):
            self.wrong.append(f"{make.__name__}: {status} {body[:300]!r}")
        elif make in POSTS:
            self.posted[thread] += 1

    async def run(self, count: int) -> float:
        """So many requests; the seconds from the first one's time to the last one's answer."""
        began, tasks = time.perf_counter(), []
        for number in range(count):
            due = began + number / A_SECOND
            await asyncio.sleep(max(0, due - time.perf_counter()))
            tasks.append(asyncio.ensure_future(self._one(number, due)))
        await asyncio.gather(*tasks)
        return time.perf_counter() - began


async def _open_pages(crowd: Crowd, port: int) -> list[list[Page]]:
    """The open pages of each person."""
    pages = [[Page(head(one, "me,rooms"), port) for _page in range(OF_EACH)] for one in crowd.people]
    every = [page for some in pages for page in some]
    for start in range(0, len(every), OPENING_AT_ONCE):
        await asyncio.gather(*(page.connect() for page in every[start : start + OPENING_AT_ONCE]))
    return pages


def _wrong(page: Page, rooms: list[str], posted: dict[str, int]) -> int:
    """How many messages of these rooms a page was not told once and in order, and how many of others."""
    wrong = sum(thread not in rooms for thread, _number in page.messages)
    for room in rooms:
        told = [number for thread, number in page.messages if thread == room]
        wrong += len(set(range(1, posted[room] + 1)) ^ set(told)) + len(told) - len(set(told)) + (told != sorted(told))
    return wrong


async def _told(crowd: Crowd, pages: list[list[Page]], posted: dict[str, int]) -> int:
    """What pages have wrong once everything had time to come."""
    deadline = time.perf_counter() + PATIENCE_SECONDS
    while True:
        wrong = sum(
            _wrong(page, rooms, posted)
            for some, rooms in zip(pages, crowd.rooms_of, strict=True)
            for page in some
        )  # fmt: skip
        if not wrong or time.perf_counter() > deadline:
            return wrong
        await asyncio.sleep(1)


async def _measure(report: Report, crowd: Crowd, port: int, length: int) -> None:
    pages, steady = await _open_pages(crowd, port), Steady(crowd, port)
    await steady.run(WARM_UP_SECONDS * A_SECOND)
    steady.seconds.clear()
    taken = await steady.run(length * A_SECOND)
    lost = await _told(crowd, pages, steady.posted)
    for page in [page for some in pages for page in some]:
        page.close()
    for line in steady.free:
        line.close()
    seconds = sorted(steady.seconds)
    middle, high = people.percentile(seconds, 0.5), people.percentile(seconds, 0.99)
    report.note([f"steady: {said}" for said in steady.wrong[:5]])
    report.note([
        f"steady: {len(seconds)} requests in {taken:.0f} s, {sum(steady.posted.values())} of them messages, beside "
        f"{PEOPLE * OF_EACH} streams; median {middle:.3f} s, p99 {high:.3f} s, longest {seconds[-1]:.3f} s"
    ])  # fmt: skip
    report.add("steady.errors", len(steady.wrong), "answers", 1, 0)
    report.add("steady.lost", lost, "messages", 1, 0)
    report.add("steady.time", taken, "s", length, MOST_TIMES)


def run(report: Report, data: Path, admin: Visitor, *, quick: bool) -> None:
    """Every answer is a good one, every message comes once and in order to the pages that may see it."""
    crowd = Crowd(admin, "steady", PEOPLE, ROOMS, IN_ROOM)
    with servers.installation(data, PROCESSES) as server, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_measure(report, crowd, server.port, QUICK_SECONDS if quick else SECONDS))

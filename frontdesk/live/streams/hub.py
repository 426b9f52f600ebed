"""The hub of a process: reads events as they are published and brings each to the streams that follow its topic.

It lives on the event loop; what asks the database or renders runs in threads of its own. Events are read in their
order, rendered once for each kind of reader, and offered to the streams, whose own queues keep a slow one from holding
up the others.
"""

import asyncio
import contextlib
import time
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import structlog
from django.db import Error

from .. import metrics, queries, transport
from ..cursor import Position
from ..topics import ACCESS, Event, Reader
from . import board, rendering
from .admission import Admission, catch_up, since
from .attendance import Attendance
from .review import Verdict, Watch, changed, review
from .roster import Roster
from .stream import PING_SECONDS, Person, Stream
from .threads import Threads

TICK_SECONDS = 1.0
RECHECK_SECONDS = 60.0
RECHECKS_A_TICK = 50
log = structlog.get_logger("live")


class Hub:
    """The streams of this process."""

    def __init__(self) -> None:
        self.roster = Roster()
        self.closed = False
        self.admitting = Threads(2, "live-admit")
        self._reading = Threads(1, "live-read")
        self._loop = asyncio.get_running_loop()
        self._turn = asyncio.Lock()
        self._woken = asyncio.Event()
        self._position: Position | None = None
        self._doubtful: set[Person] = set()
        self._under_way: set[asyncio.Task] = set()
        self._watch = Watch()
        self._ticks = 0
        self._changes = 0
        self._new_people = False
        self._attendance = Attendance()
        self._listener = transport.listen(self._heard)
        board.watched()
        self._tasks = [self._loop.create_task(self._follow()), self._loop.create_task(self._tick())]

    # Joining and leaving

    def state(self) -> int:
        """A number that changes whenever rights may have changed; -1 while nobody looks."""
        return self._changes if self._position is not None else -1

    async def join(self, admitted: Admission, after: str, state: int) -> tuple[Stream, list[bytes]]:
        """Begin a stream; also gives what is to be sent before anything else. `state` is from before the decision."""
        start = await self.admitting.run(since, after) if after else None
        async with self._turn:
            if self._position is None:
                self._position = Position(await self._reading.run(queries.position), time.monotonic())
            until = self._position.cursor
            stream = self.roster.add(admitted, start or until)
        self._new_people = True
        if state != self._changes:
            # Rights may have changed between the decision and now.
            self._doubtful.add(stream.person)
            self._woken.set()
        try:
            missed = await self.admitting.run(catch_up, stream, until) if start else []
        except BaseException:
            self.leave(stream)
            raise
        return stream, [rendering.position(str(start or until)), *missed]

    def leave(self, stream: Stream) -> None:
        """Forget a stream that has ended."""
        if self.roster.remove(stream):
            self._attendance.left(stream.person)
            self._doubtful.discard(stream.person)
        if not self.roster.streams:
            self._position = None

    # What comes from other processes and threads

    def _heard(self, message: dict) -> None:
        """In the listener's thread."""
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._receive, message)

    def _receive(self, message: dict) -> None:
        if message["kind"] == "wake":
            self._woken.set()
        elif message["kind"] == "whisper":
            whisper = rendering.Whisper.of(message)
            followers = self.roster.followers(whisper.account_id, whisper.topic)
            if not followers:
                return
            if whisper.kind in rendering.SPOKEN:
                self._hold(self._loop.create_task(self._pass_on(whisper)))
                return
            said = rendering.plain(*whisper[1:])
            for stream in followers:
                stream.offer(said)
        elif message["kind"] == "beat":
            board.hear(message)
        elif message["kind"] == "ask":
            self._attendance.say_again()

    async def _pass_on(self, whisper: rendering.Whisper) -> None:
        readers = {stream.reader for stream in self.roster.followers(whisper.account_id, whisper.topic)}
        try:
            said = await self.admitting.run(rendering.whispered, whisper, readers)
        except Exception:
            log.exception("whisper not passed on", kind=whisper.kind)
            return
        for stream in self.roster.followers(whisper.account_id, whisper.topic):
            if stream.reader in said:
                stream.offer(said[stream.reader])

    def _hold(self, task: asyncio.Task) -> None:
        """Keep a task until it is done."""
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    # Reading on

    async def _follow(self) -> None:
        while not self.closed:
            await self._woken.wait()
            self._woken.clear()
            try:
                await self._read_on()
            except Error as error:
                log.warning("live events cannot be read", error=type(error).__name__)
                await asyncio.sleep(TICK_SECONDS)
                self._woken.set()
            except Exception:
                log.exception("live events failed")
                await asyncio.sleep(TICK_SECONDS)

    async def _read_on(self) -> None:
        """Deliver everything that is there."""
        more = True
        while more and self._position is not None:
            async with self._turn:
                await self._review_doubtful()
                if self._position is None:
                    return
                events = await self._reading.run(queries.events_after, self._position.cursor)
                await self._deliver(events)
                more = len(events) == queries.AT_ONCE

    async def _deliver(self, events: list[Event]) -> None:
        for event in events:
            self._doubtful |= self._concerned(event)
        await self._review_doubtful()
        rendered = await self._rendered(events)
        if self._position is None:
            return
        now = time.monotonic()
        for event in events:
            self._position.take(event.number, now)
            self._send(event, rendered, str(self._position.cursor))
        self._position.forget(now)

    def _concerned(self, event: Event) -> set[Person]:
        """Whose rights or topics an event may have changed."""
        if event.topic == ACCESS:
            self._changes += 1
            of_account = [one for one in self.roster.people.values() if one.actor.account_id == event.account_id]
            members = event.data.get("members")
            return {one for one in of_account if members is None or str(one.actor.id) in members}
        if event.kind == "topics":
            return {stream.person for stream in self.roster.followers(event.account_id, event.topic)}
        return set()

    async def _rendered(self, events: list[Event]) -> dict[Reader, dict[int, bytes | None]]:
        wanted: dict[Reader, dict[int, Event]] = defaultdict(dict)
        for event in events:
            for reader in {stream.reader for stream in self.roster.followers(event.account_id, event.topic)}:
                wanted[reader][event.number] = event
        return await self._reading.run(_render_all, dict(wanted)) if wanted else {}

    def _send(self, event: Event, rendered: dict, passed: str) -> None:
        messages: dict[Reader, bytes | None] = {}
        followers = self.roster.followers(event.account_id, event.topic)
        for stream in followers:
            if stream.reader not in messages:
                data = rendered.get(stream.reader, {}).get(event.number)
                messages[stream.reader] = rendering.message(data, passed) if data is not None else None
            message = messages[stream.reader]
            if message is not None and not stream.start.covers(event.number):
                stream.offer(message)
        if followers:
            metrics.delivered(len(followers))

    # Whether people may still follow

    async def _review_doubtful(self) -> None:
        people, self._doubtful = self._doubtful, set()
        await self._review([(person, person.fingerprint) for person in people])

    async def _review(self, people: Iterable[tuple[Person, int]]) -> None:
        asked = [(one, mark, {name for s in one.streams for name in s.names}) for one, mark in people if one.streams]
        if asked:
            for verdict in await self._reading.run(review, asked):
                self._apply(verdict)

    def _apply(self, verdict: Verdict) -> None:
        person = verdict.person
        if verdict.actor is None:
            for stream in tuple(person.streams):
                stream.end()
            return
        person.actor, person.fingerprint, person.checked_at = verdict.actor, verdict.fingerprint, time.monotonic()
        for stream in tuple(person.streams):
            kept = frozenset().union(*(verdict.topics.get(name, frozenset()) for name in stream.names))
            for name in stream.names:
                if name not in verdict.topics:
                    stream.offer(rendering.plain(name, "dropped", {}))
            stream.names = tuple(name for name in stream.names if name in verdict.topics)
            self.roster.change_topics(stream, kept)
            if not stream.names:
                stream.end()

    # Every second

    async def _tick(self) -> None:
        while not self.closed:
            await asyncio.sleep(TICK_SECONDS)
            self._ticks += 1
            try:
                await self._attend()
                if self.roster.streams:
                    self._keep_alive()
                    await self._look()
            except Error as error:
                log.warning("streams cannot be reviewed", error=type(error).__name__)
            except Exception:
                log.exception("streams cannot be reviewed")

    async def _attend(self) -> None:
        messages = self._attendance.turn(self.roster.people.values())
        if self._ticks == 1:
            await self.admitting.run(transport.send, "ask")
        if messages:
            await self.admitting.run(board.tell, messages)
        self._attendance.show(self.roster.streams)

    def _keep_alive(self) -> None:
        now = time.monotonic()
        for stream in tuple(self.roster.streams):
            if stream.is_stuck(now):
                stream.drop()
            elif stream.slot == self._ticks % PING_SECONDS and self._position is not None:
                # One that has read further than this process tells nothing, to lose nothing.
                ahead = stream.start.number > self._position.number
                stream.offer(rendering.PING if ahead else rendering.ping(str(self._position.cursor)))

    async def _look(self) -> None:
        """Look for what no message told: events, ended sessions, changed members; and for rights now and then."""
        now = time.monotonic()
        stale = [one for one in self.roster.people.values() if now - one.checked_at > RECHECK_SECONDS]
        self._doubtful.update(stale[:RECHECKS_A_TICK])
        new = await self._reading.run(self._watch.anything_new)
        if new or self._new_people:
            self._new_people = False
            people = list(self.roster.people.values())
            async with self._turn:
                await self._review(await self._reading.run(changed, people))
            self._woken.set()
        elif self._doubtful:
            self._woken.set()

    def close(self) -> None:
        """End all streams; nothing comes any more."""
        self.closed = True
        self._listener.close()
        for stream in tuple(self.roster.streams):
            stream.end()
        for task in self._tasks:
            task.cancel()
        self._reading.close()
        self.admitting.close()


def _render_all(wanted: dict[Reader, dict[int, Event]]) -> dict[Reader, dict[int, bytes | None]]:
    return {reader: rendering.render(list(events.values()), reader) for reader, events in wanted.items()}


_hubs: dict[str, Any] = {"hub": None, "loop": None}


def the_hub() -> Hub:
    """The hub of the running event loop, made with the first stream."""
    loop = asyncio.get_running_loop()
    if _hubs["loop"] is not loop or _hubs["hub"].closed:
        close_hub()
        _hubs.update(hub=Hub(), loop=loop)
    return _hubs["hub"]


def close_hub() -> None:
    """End the streams of this process, as it ends itself."""
    if _hubs["hub"] is not None:
        _hubs["hub"].close()

"""One open stream: what waits to be sent, and the loop that sends it."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from random import randrange

from ..cursor import Cursor
from ..topics import Reader
from .credentials import Credential

# A page that is behind by more than this is better off starting again from where it was.
MOST_WAITING = 500
MOST_BYTES = 256 * 1024
PING_SECONDS = 15
SLOW_SECONDS = 30


class Person:
    """Everybody who came with one credential: the actor, and the streams in their browser's tabs."""

    __slots__ = ("actor", "checked_at", "credential", "fingerprint", "streams")

    def __init__(self, credential: Credential, actor, fingerprint: int):
        self.credential, self.actor, self.fingerprint = credential, actor, fingerprint
        self.streams: set[Stream] = set()
        self.checked_at = time.monotonic()


class Stream:
    """`names` is what was asked for, `topics` what it stands for now; `start` what the reader already has."""

    __slots__ = (
        "_awake", "_busy_since", "_size", "_task", "_waiting", "dropped", "ended", "names", "person", "present",
        "reader", "slot", "start", "topics",
    )  # fmt: skip

    def __init__(self, person: Person, reader: Reader, names: tuple[str, ...], start: Cursor):
        self.person, self.reader, self.names, self.start = person, reader, names, start
        self.topics: frozenset[str] = frozenset()
        self.present: frozenset[str] | None = None
        self.slot = randrange(PING_SECONDS)  # noqa: S311 -- spreads work, keeps no secret
        self.ended = self.dropped = False
        self._waiting: deque[bytes] = deque()
        self._size = 0
        self._awake: asyncio.Future | None = None
        self._busy_since = 0.0
        self._task: asyncio.Task | None = None

    def offer(self, message: bytes) -> None:
        """Send a message soon; whoever cannot keep up is dropped, and catches up after coming back."""
        if self.ended:
            return
        self._waiting.append(message)
        self._size += len(message)
        if len(self._waiting) > MOST_WAITING or self._size > MOST_BYTES:
            self.drop()
        else:
            self._wake()

    def end(self) -> None:
        """Send what waits, then end."""
        self.ended = True
        self._wake()

    def drop(self) -> None:
        """End without sending what waits."""
        if self.ended:
            return
        self.ended = self.dropped = True
        self._waiting.clear()
        if self._task is not None:
            self._task.cancel()

    def is_stuck(self, now: float) -> bool:
        """Whether the other end has taken nothing for long."""
        return bool(self._busy_since) and now - self._busy_since > SLOW_SECONDS

    def _wake(self) -> None:
        if self._awake is not None and not self._awake.done():
            self._awake.set_result(None)

    async def pump(self, push: Callable) -> None:
        """Push messages as they come, until the stream ends; raises CancelledError when it is dropped."""
        self._task = asyncio.current_task()
        while True:
            if self._waiting:
                messages = b"".join(self._waiting)
                self._waiting.clear()
                self._size = 0
                self._busy_since = time.monotonic()
                await push(messages)
                self._busy_since = 0.0
            elif self.ended:
                return
            else:
                self._awake = asyncio.get_running_loop().create_future()
                await self._awake

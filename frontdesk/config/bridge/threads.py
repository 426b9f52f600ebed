"""A fixed set of threads that an event loop hands work to."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from contextvars import Context
from queue import SimpleQueue


def _settle(future: asyncio.Future, result, error: BaseException | None) -> None:
    if future.cancelled():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)


class Threads:
    """Runs functions in `count` threads, each call in a context of its own, so that nothing leaks to the next.

    The thread that was busy last is taken first: its database connection and its memory are still in the caches of the
    processor. Who is free is known on the event loop alone, so nothing here needs a lock.
    """

    def __init__(self, count: int):
        self.count = count
        self._free: list[SimpleQueue] = []
        self._waiting: deque[tuple] = deque()
        self._started = False

    def run(self, function: Callable, *arguments) -> asyncio.Future:
        """Call the function in a thread; the future of its result. Only from a running event loop, always the same."""
        if not self._started:
            self._start()
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        work = (loop, future, function, arguments)
        if self._free:
            self._free.pop().put(work)
        else:
            self._waiting.append(work)
        return future

    def _start(self) -> None:
        self._started = True
        for number in range(self.count):
            inbox: SimpleQueue = SimpleQueue()
            self._free.append(inbox)
            threading.Thread(target=self._serve, args=(inbox,), name=f"page-{number}", daemon=True).start()

    def _serve(self, inbox: SimpleQueue) -> None:
        while True:
            loop, future, function, arguments = inbox.get()
            result, error = None, None
            try:
                result = Context().run(function, *arguments)
            except BaseException as raised:
                error = raised
            try:
                loop.call_soon_threadsafe(self._done, inbox, future, result, error)
            except RuntimeError:
                return

    def _done(self, inbox: SimpleQueue, future: asyncio.Future, result, error: BaseException | None) -> None:
        """On the event loop: give the thread its next work, then the result to whoever waits for it."""
        if self._waiting:
            inbox.put(self._waiting.popleft())
        else:
            self._free.append(inbox)
        _settle(future, result, error)

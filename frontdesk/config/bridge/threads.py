"""A fixed set of threads that an event loop hands work to."""

import asyncio
import threading
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
    """Runs functions in `count` threads, each call in a context of its own, so that nothing leaks to the next."""

    def __init__(self, count: int):
        self.count = count
        self._work: SimpleQueue = SimpleQueue()
        self._started = False

    def run(self, function: Callable, *arguments) -> asyncio.Future:
        """Call the function in a thread; the future of its result. Only from a running event loop."""
        if not self._started:
            self._start()
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        self._work.put((loop, future, function, arguments))
        return future

    def _start(self) -> None:
        self._started = True
        for number in range(self.count):
            threading.Thread(target=self._serve, name=f"page-{number}", daemon=True).start()

    def _serve(self) -> None:
        while True:
            loop, future, function, arguments = self._work.get()
            result, error = None, None
            try:
                result = Context().run(function, *arguments)
            except BaseException as raised:
                error = raised
            try:
                loop.call_soon_threadsafe(_settle, future, result, error)
            except RuntimeError:
                return

"""The threads in which the hub asks the database: not those of pages, each with its own connection."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from typing import Any

from django.db import Error, connection


def _run(function: Callable, *arguments) -> Any:
    try:
        return function(*arguments)
    except Error:
        # The next one begins with a new connection, once the database is back.
        connection.close()
        raise


class Threads:
    """`await threads.run(function, …)` from the event loop."""

    def __init__(self, count: int, name: str):
        self._pool = ThreadPoolExecutor(count, thread_name_prefix=name)

    async def run(self, function: Callable, *arguments) -> Any:
        """What the function returns or raises, called in a thread with a context of its own."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, Context().run, _run, function, *arguments)

    def close(self) -> None:
        """Take no more work."""
        self._pool.shutdown(wait=False, cancel_futures=True)

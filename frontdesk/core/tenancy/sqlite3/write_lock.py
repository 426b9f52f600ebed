"""The file lock that writers of one SQLite database queue for."""

import fcntl
import os
import sqlite3
import threading

from django.db.utils import OperationalError


def _too_long() -> OperationalError:
    """As SQLite itself says it."""
    busy = sqlite3.OperationalError("database is locked")
    busy.sqlite_errorcode, busy.sqlite_errorname = sqlite3.SQLITE_BUSY, "SQLITE_BUSY"
    made = OperationalError(*busy.args)
    made.__cause__ = busy
    return made


class _Waiter(threading.Thread):
    """Waits in the kernel's queue; a waiter that is given up lets go of the lock as soon as it gets it."""

    def __init__(self, descriptor: int):
        super().__init__(daemon=True)
        self.descriptor = descriptor
        self.got_it = threading.Event()
        self._deciding = threading.Lock()
        self._given_up = False

    def run(self) -> None:
        """Wait for the lock, however long it takes."""
        fcntl.flock(self.descriptor, fcntl.LOCK_EX)
        with self._deciding:
            self.got_it.set()
            if self._given_up:
                os.close(self.descriptor)

    def wait(self, seconds: float) -> bool:
        """Whether the lock came in time; otherwise the descriptor is no longer the caller's."""
        if self.got_it.wait(seconds):
            return True
        with self._deciding:
            self._given_up = not self.got_it.is_set()
            return not self._given_up


def acquire(path: str, seconds: float) -> int:
    """The descriptor that holds the lock until it is closed; raises OperationalError when the wait is too long."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return descriptor
    except BlockingIOError:
        waiter = _Waiter(descriptor)
    waiter.start()
    if not waiter.wait(seconds):
        raise _too_long()
    return descriptor

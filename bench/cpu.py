"""CPU time of processes, to the nanosecond."""

import os
import time

import psycopg

from .store import vendor

OTHERS = (
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
    " AND pid <> pg_backend_pid()"
)


def of(pid: int) -> float:
    """Seconds that a process and all its threads have computed; 0 for one that is gone."""
    try:
        # Linux gives every process a clock, whose number is made of its id.
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0


class Backends:
    """The server processes of PostgreSQL that work for others than this process; none on SQLite."""

    def __init__(self):
        self.connection = None
        if vendor() == "postgresql":
            self.connection = psycopg.connect(os.environ["FRONTDESK_DATABASE"], autocommit=True)

    def pids(self) -> list[int]:
        """Their process ids."""
        if self.connection is None:
            return []
        return [pid for (pid,) in self.connection.execute(OTHERS).fetchall()]


class Meter:
    """Counts the CPU time of one process and of the database's processes."""

    def __init__(self, pid: int, backends: Backends):
        self.pid, self.backends = pid, backends

    def start(self) -> None:
        """Begin counting."""
        self._before = {pid: of(pid) for pid in (self.pid, *self.backends.pids())}

    def seconds(self) -> float:
        """CPU time since `start`."""
        return sum(of(pid) - self._before.get(pid, 0.0) for pid in (self.pid, *self.backends.pids()))

"""The jobs that exist."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any


@dataclass(frozen=True)
class Job:
    """A function that runs in the background: once per queue entry, or every `period`.

    `attempts` counts the first try too. What a worker ran when it died is taken over two minutes later, so every job
    is safe to run twice.
    `label` names it for an admin. Each `lane` has threads of its own, so that what waits for other people's servers
    holds up nothing else. `joins` names the list among its arguments: calls that are due together are one call with
    their lists joined.
    """

    name: str
    function: Callable
    attempts: int = 5
    period: timedelta | None = None
    label: Any = ""
    lane: str = ""
    joins: str = ""

    def __call__(self, **arguments):
        return self.function(**arguments)


OUTSIDE = "outside"
_jobs: dict[str, Job] = {}


def _add(entry: Job) -> Job:
    if entry.name in _jobs:
        raise ValueError(f"job {entry.name!r} is registered twice")
    _jobs[entry.name] = entry
    return entry


def job(
    name: str, *, attempts: int = 5, label="", outside: bool = False, lane: str = "", joins: str = ""
) -> Callable[[Callable], Job]:  # fmt: skip
    """Register a function as a job for `enqueue`; its keyword arguments must be JSON values.

    `outside` is the lane of what waits for other people's servers.
    """
    lane = OUTSIDE if outside else lane
    return lambda function: _add(Job(name, function, attempts, label=label, lane=lane, joins=joins))


def every(name: str, **period) -> Callable[[Callable], Job]:
    """Register a function that runs every `period` (keywords of timedelta), without account context."""
    return lambda function: _add(Job(name, function, attempts=1, period=timedelta(**period)))


def find(name: str) -> Job | None:
    """The job of that name, or None when this version does not know it."""
    return _jobs.get(name)


def named(name: str) -> Job:
    """The job of that name, for code that its module imports; raises KeyError for a name that nothing has."""
    return _jobs[name]


def lanes() -> list[str]:
    """The lanes beside the one of all that has none."""
    return sorted({entry.lane for entry in _jobs.values() if entry.lane})


def all_jobs() -> list[Job]:
    """Every job, by name."""
    return sorted(_jobs.values(), key=lambda entry: entry.name)

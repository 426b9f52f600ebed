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
    `label` names it for an admin. One that waits for other people's servers is `outside`: it runs in threads of its
    own, so that a slow one holds up nothing else.
    """

    name: str
    function: Callable
    attempts: int = 5
    period: timedelta | None = None
    label: Any = ""
    outside: bool = False

    def __call__(self, **arguments):
        return self.function(**arguments)


_jobs: dict[str, Job] = {}


def _add(entry: Job) -> Job:
    if entry.name in _jobs:
        raise ValueError(f"job {entry.name!r} is registered twice")
    _jobs[entry.name] = entry
    return entry


def job(name: str, *, attempts: int = 5, label="", outside: bool = False) -> Callable[[Callable], Job]:
    """Register a function as a job for `enqueue`; its keyword arguments must be JSON values."""
    return lambda function: _add(Job(name, function, attempts, label=label, outside=outside))


def every(name: str, **period) -> Callable[[Callable], Job]:
    """Register a function that runs every `period` (keywords of timedelta), without account context."""
    return lambda function: _add(Job(name, function, attempts=1, period=timedelta(**period)))


def find(name: str) -> Job | None:
    """The job of that name, or None when this version does not know it."""
    return _jobs.get(name)


def outside_names() -> list[str]:
    """The jobs that wait for other people's servers."""
    return [entry.name for entry in _jobs.values() if entry.outside]


def all_jobs() -> list[Job]:
    """Every job, by name."""
    return sorted(_jobs.values(), key=lambda entry: entry.name)

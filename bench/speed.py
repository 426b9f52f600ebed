"""CPU time per request against the floor, in alternating rounds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import servers
from .client import Connection, Request
from .cpu import Backends, Meter
from .jobs import SURFACES, Job, Requests
from .report import Report

WARM_UP = 20


@dataclass(frozen=True)
class Effort:
    """How many rounds of how many requests."""

    rounds: int
    requests: int


FULL, QUICK = Effort(9, 75), Effort(5, 50)


class Side:
    """One of the two servers: sends requests and counts their CPU time."""

    def __init__(self, server: servers.Server, backends: Backends):
        self.port, self.meter = server.port, Meter(server.pid, backends)

    def seconds(self, make: Callable[[int], Request], numbers: Sequence[int]) -> float:
        """CPU seconds per request over the requests of these numbers, on a connection of their own."""
        # Servers close connections that rest while the other side is measured.
        connection = Connection(self.port)
        self.meter.start()
        for number in numbers:
            connection.expect(make(number))
        connection.close()
        return self.meter.seconds() / len(numbers)


def measure(job: Job, surface: str, application: Side, floor: Side, effort: Effort) -> list[tuple[float, float]]:
    """(application, floor) in ms of each round, which asks both for the same."""
    asked = job.pages if surface == "html" else job.api
    bare = "page" if surface == "html" else "api"
    least = lambda number: job.floor(bare, number)  # noqa: E731
    floor.seconds(least, range(WARM_UP))
    application.seconds(asked, range(WARM_UP))
    rounds = [
        range(start, start + effort.requests) for start in range(0, effort.rounds * effort.requests, effort.requests)
    ]
    return [(application.seconds(asked, numbers) * 1000, floor.seconds(least, numbers) * 1000) for numbers in rounds]


def measure_all(report: Report, data: Path, chosen: list[Job], *, quick: bool) -> None:
    """Measure these jobs on both surfaces."""
    if not chosen:
        return
    backends, effort = Backends(), QUICK if quick else FULL
    with servers.application(data) as one, servers.floor(data) as other:
        application, floor = Side(one, backends), Side(other, backends)
        for job in chosen:
            for surface in SURFACES:
                rounds = measure(job, surface, application, floor, effort)
                report.add_rounds(f"{job.name}.{surface}", rounds, job.limits[surface])


def run(report: Report, data: Path, requests: Requests, *, quick: bool, only: set[str]) -> None:
    """Measure every job, or those of these names."""
    measure_all(report, data, [job for job in requests.all() if not only or job.name in only], quick=quick)

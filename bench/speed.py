"""CPU time per request against the floor, in alternating rounds."""

from collections.abc import Callable
from pathlib import Path
from statistics import median

from . import servers
from .client import Connection, Request
from .cpu import Backends, Meter
from .jobs import SURFACES, Job, Requests
from .report import Report

ROUNDS, FEWER_ROUNDS = 8, 4
REQUESTS, FLOOR_REQUESTS, WARM_UP = 50, 150, 25


class Side:
    """One of the two servers: sends requests and counts their CPU time."""

    def __init__(self, server: servers.Server, backends: Backends):
        self.port, self.meter = server.port, Meter(server.pid, backends)
        self._sent = 0

    def seconds(self, make: Callable[[int], Request], count: int) -> float:
        """CPU seconds per request over `count` requests on a connection of their own."""
        # Servers close connections that rest while the other side is measured.
        connection = Connection(self.port)
        self.meter.start()
        for _ in range(count):
            self._sent += 1
            connection.expect(make(self._sent))
        connection.close()
        return self.meter.seconds() / count


def _measure(job: Job, surface: str, application: Side, floor: Side, rounds: int) -> tuple[float, float, float]:
    """(application, floor) in ms and the ratio: medians over the rounds."""
    asked = job.pages if surface == "html" else job.api
    bare = "page" if surface == "html" else "api"
    least = lambda number: job.floor(bare, number)  # noqa: E731
    floor.seconds(least, WARM_UP)
    application.seconds(asked, WARM_UP)
    pairs = [(application.seconds(asked, REQUESTS), floor.seconds(least, FLOOR_REQUESTS)) for _ in range(rounds)]
    return tuple(median(values) for values in zip(*((a * 1000, f * 1000, a / f) for a, f in pairs), strict=True))


def run(report: Report, data: Path, requests: Requests, *, quick: bool, only: set[str]) -> None:
    """Measure every job on both surfaces."""
    chosen = [job for job in requests.all() if not only or job.name in only]
    if not chosen:
        return
    backends, rounds = Backends(), FEWER_ROUNDS if quick else ROUNDS
    with servers.application(data) as one, servers.floor(data) as other:
        application, floor = Side(one, backends), Side(other, backends)
        for job in chosen:
            for surface in SURFACES:
                value, least, _ratio = _measure(job, surface, application, floor, rounds)
                report.add(f"{job.name}.{surface}", value, "ms CPU", least, job.limits[surface])

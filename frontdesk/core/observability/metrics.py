"""Counts for Prometheus, summed over all processes of this installation."""

import os
from collections.abc import Iterator

from django.db.models import Count
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from frontdesk.core.jobs.models import QueuedJob, Status

from .checks import heartbeat_age

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
registry = CollectorRegistry()
_requests = Histogram(
    "frontdesk_request_seconds",
    "Time from a request's arrival to its answer",
    ["method", "route", "status"],
    buckets=SECONDS,
    registry=registry,
)
_series: dict[tuple[str, str, int], Histogram] = {}


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """Count one request; `route` is the name of the route, so that the number of series stays small."""
    known = method if method in METHODS else "other"
    series = _series.get((known, route, status))
    if series is None:
        series = _series[known, route, status] = _requests.labels(known, route, str(status))
    series.observe(seconds)


class _Background:
    """What the database knows about background work, read when Prometheus asks."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges of the queue and of the worker."""
        jobs = GaugeMetricFamily("frontdesk_jobs", "Queued jobs by status", labels=["status"])
        unfinished = QueuedJob.objects.filter(status__in=[Status.WAITING, Status.RUNNING, Status.DEAD])
        counts = dict(unfinished.values_list("status").annotate(Count("id")))
        for status in (Status.WAITING, Status.RUNNING, Status.DEAD):
            jobs.add_metric([status.value], counts.get(status.value, 0))
        yield jobs
        age = heartbeat_age()
        if age is not None:
            yield GaugeMetricFamily("frontdesk_worker_heartbeat_age_seconds", "Age of the worker's sign of life", age)


def exposition() -> bytes:
    """All metrics in Prometheus' text format."""
    counts = registry
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        counts = CollectorRegistry()
        MultiProcessCollector(counts)
    background = CollectorRegistry()
    background.register(_Background())
    return generate_latest(counts) + generate_latest(background)

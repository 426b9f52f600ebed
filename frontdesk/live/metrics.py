"""Counts of live updates for Prometheus."""

from prometheus_client import Counter, Gauge

from frontdesk.core.observability.metrics import registry

_open = Gauge("frontdesk_live_streams", "Open live streams", registry=registry, multiprocess_mode="livesum")
_events = Counter("frontdesk_live_events", "Live events brought to streams", registry=registry)
_dropped = Counter("frontdesk_live_dropped", "Live streams that were ended since they were too slow", registry=registry)


def opened() -> None:
    """A stream began."""
    _open.inc()


def closed(*, dropped: bool) -> None:
    """A stream ended, of itself or because it was too slow."""
    _open.dec()
    if dropped:
        _dropped.inc()


def delivered(count: int) -> None:
    """An event was offered to so many streams."""
    _events.inc(count)

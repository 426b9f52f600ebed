"""Requests a minute for each token, counted in each web process."""

import threading
import time

from django.conf import settings

_lock = threading.Lock()
_counts: dict[object, int] = {}
_minute = 0


def count(key) -> int:
    """Count a request in the running minute; the number so far."""
    global _minute
    with _lock:
        now = int(time.time() // 60)
        if now != _minute:
            _counts.clear()
            _minute = now
        _counts[key] = _counts.get(key, 0) + 1
        return _counts[key]


def exceeded(key) -> bool:
    """Whether this request is one too many."""
    return count(key) > settings.API_REQUESTS_PER_MINUTE


def seconds_left() -> int:
    """Until the next minute begins."""
    return 60 - int(time.time()) % 60

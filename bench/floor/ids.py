"""Identifiers for new rows."""

import random
import time
import uuid


def new_id(database) -> str:
    """A version 7 UUID, so that the indexes grow at their end as the application's do."""
    milliseconds = time.time_ns() // 1_000_000
    number = (milliseconds << 80) | (7 << 76) | (random.getrandbits(12) << 64) | (2 << 62) | random.getrandbits(62)
    return database.identifier(str(uuid.UUID(int=number)))


def new_number() -> int:
    """A number for the text index, in the order of time as the application's."""
    return (time.time_ns() // 1_000_000 % (1 << 41)) << 22 | random.getrandbits(22)

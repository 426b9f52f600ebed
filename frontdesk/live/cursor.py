"""How far somebody has read: the newest number, and which numbers below it had not been seen yet.

Numbers come from the database. PostgreSQL gives them out when a row is written, and shows the row when its transaction
ends, so a lower number may appear after a higher one; a number that was left out is kept as a gap until it appears or
is too old to come. SQLite writes one transaction after the other and leaves none.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

SHAPE = re.compile(r"(\d{1,18})(?:-(\d{1,18}(?:\.\d{1,18}){0,199}))?")
MOST_GAPS = 200


@dataclass(frozen=True, slots=True)
class Cursor:
    """As text `105`, or `105-102.98` where 102 and 98 are still missing: the id of an event in the stream."""

    number: int
    gaps: frozenset[int] = frozenset()

    def covers(self, number: int) -> bool:
        """Whether an event was read by whoever stands here."""
        return number <= self.number and number not in self.gaps

    def __str__(self) -> str:
        return f"{self.number}-{'.'.join(map(str, sorted(self.gaps)))}" if self.gaps else str(self.number)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The cursor of a text; None when it is none."""
        found = SHAPE.fullmatch(text)
        if found is None:
            return None
        return cls(int(found[1]), frozenset(map(int, found[2].split("."))) if found[2] else frozenset())

    @classmethod
    def after(cls, seen: Iterable[int]) -> Self:
        """The cursor of whoever has seen these numbers and all before the lowest of them."""
        known = set(seen)
        if not known:
            return cls(0)
        missing = set(range(min(known), max(known))) - known
        return cls(max(known), frozenset(sorted(missing)[-MOST_GAPS:]))


class Position:
    """A cursor that moves on with every event; gaps are forgotten after a minute."""

    PATIENCE = 60.0

    def __init__(self, start: Cursor, now: float):
        self.number = start.number
        self.gaps = dict.fromkeys(start.gaps, now)

    def take(self, number: int, now: float) -> None:
        """An event was read."""
        if number <= self.number:
            self.gaps.pop(number, None)
            return
        left_out = range(max(self.number + 1, number - MOST_GAPS), number)
        self.gaps.update(dict.fromkeys(left_out, now))
        self.number = number

    def forget(self, now: float) -> None:
        """Wait no longer for numbers that a transaction must have taken back."""
        self.gaps = {number: since for number, since in self.gaps.items() if now - since < self.PATIENCE}

    @property
    def cursor(self) -> Cursor:
        """Where it stands now."""
        return Cursor(self.number, frozenset(self.gaps))

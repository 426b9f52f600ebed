"""The results: one line of JSON each."""

import json
import sys
from statistics import median

from .store import vendor


class Report:
    """Prints each result when it is known, and remembers which were over their limit."""

    def __init__(self):
        self.over: list[str] = []

    def add(self, name: str, value: float, unit: str, floor: float, limit: float) -> None:
        """One result: `value` divided by `floor` must not be more than `limit`."""
        self._add(name, value, unit, floor, value / floor, limit)

    def add_rounds(self, name: str, rounds: list[tuple[float, float]], limit: float) -> None:
        """A result of rounds of (value, floor) in ms: the median of each, and of the rounds' ratios."""
        value, floor = (median(values) for values in zip(*rounds, strict=True))
        self._add(name, value, "ms CPU", floor, median(one / other for one, other in rounds), limit)

    def _add(self, name: str, value: float, unit: str, floor: float, ratio: float, limit: float) -> None:
        line = {
            "name": f"{vendor()}.{name}", "value": round(value, 4), "unit": unit, "floor": round(floor, 4),
            "ratio": round(ratio, 3), "limit": limit,
        }  # fmt: skip
        print(json.dumps(line), flush=True)
        if ratio > limit:
            self.over.append(line["name"])
            print(f"over its limit: {line['name']}, {ratio:.2f} > {limit}", file=sys.stderr, flush=True)

    def note(self, lines: list[str]) -> None:
        """Details for whoever watches."""
        for line in lines:
            print(line, file=sys.stderr, flush=True)

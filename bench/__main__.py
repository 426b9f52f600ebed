"""`python -m bench [--quick] [--only NAME,...]` measures the database that FRONTDESK_DATABASE names, else SQLite."""

import argparse
import signal
import sys
from pathlib import Path

from . import store
from .report import Report

PARTS = ("queries", "growth", "plans", "seen", "memory", "start", "bulk", "merge", "import")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the data and fewer rounds")
    parser.add_argument("--only", default="", help=f"names of jobs or parts ({', '.join(PARTS)}), separated by commas")
    return parser.parse_args()


class Run:
    """One run over a prepared database; each part is left out when `--only` names others."""

    def __init__(self, data: Path, options: argparse.Namespace):
        from . import samples, visitors
        from .jobs import Requests

        self.data, self.quick = data, options.quick
        self.only = {name for name in options.only.split(",") if name}
        self.report = Report()
        people = [visitors.admin(f"Business {number}", session_count=64) for number in (0, 1, 2)]
        self.members = [visitor.member for visitor in people]
        self.large, self.small = (Requests(visitor, samples.of(visitor.member.account)) for visitor in people[:2])

    def wants(self, name: str) -> bool:
        """Whether a part is to be measured."""
        return not self.only or name in self.only

    def all(self) -> None:
        """Measure every part; what asks for like data in both accounts comes first, what changes most last."""
        from . import changes, imports, plans, process, scale, seen, speed
        from .dataset import SCALES

        if self.wants("queries"):
            scale.queries(self.report, self.large, self.small)
        if self.wants("growth"):
            scale.cost(self.report, self.large, self.small, quick=self.quick)
        speed.run(self.report, self.data, self.large, quick=self.quick, only=self.only)
        if self.wants("plans"):
            plans.run(self.report, self.large)
        if self.wants("seen"):
            seen.run(self.report, self.members[0])
        if self.wants("memory"):
            process.memory(self.report, self.data, self.large)
        if self.wants("start"):
            process.cold_start(self.report, self.data)
        if self.wants("bulk"):
            changes.bulk(self.report, self.members[0])
        if self.wants("merge"):
            changes.merging(self.report, self.members[2])
        if self.wants("import"):
            rows = SCALES["quick" if self.quick else "full"].imported
            imports.run(self.report, self.data, self.members[1], self.members[2], rows)


def main() -> int:
    """Measure; 1 when a ratio is over its limit."""
    options = _options()
    # A run that is told to stop still removes its data and ends its servers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with store.environment() as data:
        store.prepare(data, "quick" if options.quick else "full")
        run = Run(data, options)
        run.all()
    return 1 if run.report.over else 0


if __name__ == "__main__":
    sys.exit(main())

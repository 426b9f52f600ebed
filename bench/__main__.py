"""`python -m bench [--quick] [--only NAME,...]` measures the database that FRONTDESK_DATABASE names, else SQLite."""

import argparse
import signal
import subprocess
import sys
from pathlib import Path

from . import store
from .report import Report
from .sets import OF_SETS, SETS

PARTS = (
    "queries", "growth", "plans", "seen", "memory", "start", "bulk", "merge", "import", "uploads", "streams", "talks",
    "inbox",
)  # fmt: skip
# What an installation bears for minutes: only when it is asked for by name, and with nothing else.
LOADS = {"writers": "loads", "steady": "loads", "receiving": "inbox", "sending": "inbox"}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the data and fewer rounds")
    parser.add_argument("--only", default="", help=f"names of jobs or parts ({', '.join(PARTS)}), separated by commas")
    options = parser.parse_args()
    options.only = {name for name in options.only.split(",") if name}
    if options.only & set(LOADS) and options.only - set(LOADS):
        parser.error(f"{', '.join(LOADS)} are measured by themselves")
    return options


class Run:
    """One run over a prepared database; each part is left out when `--only` names others."""

    def __init__(self, data: Path, options: argparse.Namespace, report: Report):
        from . import samples, visitors
        from .jobs import Requests

        self.data, self.quick = data, options.quick
        self.only = options.only
        self.report = report
        people = [visitors.admin(f"Business {number}", session_count=64) for number in (0, 1, 2)]
        self.members = [visitor.member for visitor in people]
        self.large, self.small = (Requests(visitor, samples.of(visitor.member.account)) for visitor in people[:2])

    def wants(self, name: str) -> bool:
        """Whether a part is to be measured."""
        return not self.only or name in self.only

    def all(self) -> None:
        """Measure every part; what asks for like data in both accounts comes first, what changes most last."""
        from . import changes, imports, plans, process, scale, seen, speed, streams, uploads
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
        if self.wants("uploads"):
            uploads.run(self.report, self.data, self.large.visitor, quick=self.quick)
        if self.wants("streams"):
            streams.run(self.report, self.data, self.members[0], quick=self.quick)
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
    report, only = Report(), options.only
    if not only or only - OF_SETS - set(LOADS):
        with store.environment() as data:
            store.prepare(data, "quick" if options.quick else "full")
            Run(data, options, report).all()
    for name, jobs in SETS.items():
        if not only or only & jobs:
            _set(report, options, name)
    for name, scale in LOADS.items():
        if name in only:
            _load(report, options, name, scale)
    return 1 if report.over else 0


def _set(report: Report, options: argparse.Namespace, name: str) -> None:
    """Measure a data set of its own, in a process of its own when others are measured too."""
    wanted = options.only & SETS[name]
    if options.only != wanted or not wanted:
        names = ",".join(sorted(wanted)) or name
        command = [sys.executable, "-m", "bench", "--only", names, *(["--quick"] if options.quick else [])]
        if subprocess.run(command).returncode:
            report.over.append(name)
        return
    with store.environment() as data:
        store.prepare(data, f"{name}-quick" if options.quick else name)
        from . import visitors
        from .inbox import jobs as inbox
        from .talks import jobs as talks

        jobs = {"talks": talks, "inbox": inbox}[name]
        jobs.run(report, data, visitors.admin("Business 0", session_count=64), quick=options.quick, only=wanted)


def _load(report: Report, options: argparse.Namespace, name: str, scale: str) -> None:
    """How long it lasts is what `--quick` changes here, and how many conversations there are."""
    with store.environment() as data:
        store.prepare(data, "inbox-quick" if options.quick and scale == "inbox" else scale)
        from . import visitors
        from .mail import receiving, sending
        from .talks import steady, writers

        load = {"writers": writers, "steady": steady, "receiving": receiving, "sending": sending}[name]
        load.run(report, data, visitors.admin("Business 0"), quick=options.quick)


if __name__ == "__main__":
    sys.exit(main())

"""`python -m bench [--quick] [--only NAME,...]`: measures the database that FRONTDESK_DATABASE names, SQLite without."""

import argparse
import sys

from . import store
from .report import Report


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the data and fewer rounds")
    parser.add_argument("--only", default="", help="names of jobs or parts, separated by commas")
    return parser.parse_args()


def main() -> int:
    """Measure; 1 when a ratio is over its limit."""
    options = _options()
    report, only = Report(), {name for name in options.only.split(",") if name}
    with store.environment() as data:
        store.prepare(data, "quick" if options.quick else "full")
        from . import samples, speed, visitors
        from .jobs import Requests

        visitor = visitors.admin("Business 0", session_count=64)
        requests = Requests(visitor, samples.of(visitor.member.account))
        speed.run(report, data, requests, quick=options.quick, only=only)
    return 1 if report.over else 0


if __name__ == "__main__":
    sys.exit(main())

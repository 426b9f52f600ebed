"""`python -m bench.profile JOB [--api] [--full] [--rounds N]`: where the CPU time of one job goes, by cProfile."""

import argparse
import cProfile
import pstats
import time

from . import store
from .sets import set_of


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.profile", description=__doc__)
    parser.add_argument("job", help="list-first, open, post, inbox-open and so on")
    parser.add_argument("--api", action="store_true", help="the API's operation instead of the page")
    parser.add_argument("--full", action="store_true", help="the full data set")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--lines", type=int, default=40)
    parser.add_argument("--sort", default="tottime,cumtime")
    return parser.parse_args()


def _profile(ask, options: argparse.Namespace) -> None:
    for number in range(20):
        ask(number)
    began = time.process_time()
    for number in range(options.rounds):
        ask(number)
    print(f"{(time.process_time() - began) / options.rounds * 1000:.2f} ms CPU per request without the profiler")
    profiler = cProfile.Profile()
    profiler.enable()
    for number in range(options.rounds):
        ask(number)
    profiler.disable()
    for order in options.sort.split(","):
        pstats.Stats(profiler).sort_stats(order).print_stats(options.lines)


def _requests(own: str):
    """What makes the requests of a data set of its own, or of the usual one."""
    from . import samples, visitors
    from .inbox.jobs import Inbox
    from .jobs import Requests
    from .talks.jobs import Talks

    visitor = visitors.admin("Business 0", session_count=64)
    if own:
        return {"talks": Talks, "inbox": Inbox}[own](visitor)
    return Requests(visitor, samples.of(visitor.member.account))


def main() -> None:
    """Profile one job on the database that FRONTDESK_DATABASE names, SQLite without."""
    options = _options()
    with store.environment() as data:
        own = set_of(options.job)
        store.prepare(data, (own or "full") if options.full else f"{own}-quick".lstrip("-"))
        from . import inside

        job = next(job for job in _requests(own).all() if job.name == options.job)
        asked = job.api if options.api else job.pages
        with inside.Statements() as ran:
            inside.ask(asked(0))
            ran.seen.clear()
            inside.ask(asked(1))
        for sql, _parameters in ran.seen:
            print(sql[:300])
        _profile(lambda number: inside.ask(asked(number)), options)


if __name__ == "__main__":
    main()

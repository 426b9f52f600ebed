"""The background process: queued and periodic jobs."""

import os
import signal
import threading

from . import set_up_django
from .garbage import look_less_often
from .lifeline import follow_parent

# Pages, which somebody waits for, get the processor first.
NICENESS = 5


def run(_options) -> None:
    """Work until SIGTERM or SIGINT."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    follow_parent()
    os.nice(NICENESS)
    set_up_django()
    from frontdesk.core.jobs import worker

    look_less_often()
    worker.run(stop)

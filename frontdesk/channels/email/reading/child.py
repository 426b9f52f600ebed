"""The process that reads mails, one after another: a task a line on its input, an answer a line on its output.

It bounds itself for each mail and knows nothing of the application: no settings, no database, no language.
"""

import resource
import sys

import msgspec

from frontdesk.core.sandbox import bound

from .message import read
from .task import MIB, Mail, Task

MEMORY = 700 * MIB
FAILED = "unreadable"


def main() -> None:
    bound(MEMORY, resource.RLIM_INFINITY, 64 * MIB)
    for line in sys.stdin.buffer:
        task = msgspec.json.decode(line, type=Task)
        _give_time(task.cpu_seconds)
        sys.stdout.buffer.write(msgspec.json.encode(_answer(task)) + b"\n")
        sys.stdout.buffer.flush()


def _give_time(seconds: int) -> None:
    """Let the system end this process when a mail takes longer than it may."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + seconds, resource.RLIM_INFINITY))


def _answer(task: Task) -> Mail:
    try:
        return read(task)
    except (Exception, RecursionError, MemoryError):
        return Mail(refused=FAILED)


if __name__ == "__main__":
    main()

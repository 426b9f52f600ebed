"""Twenty people write at once for minutes, each as fast as they are answered, on all that `frontdesk run` starts."""

import threading
import time
from collections import Counter
from pathlib import Path

from frontdesk.core.tenancy.context import account_context
from frontdesk.messaging.models import Message

from .. import servers
from ..client import Connection, Failed
from ..report import Report
from ..visitors import Visitor
from . import people
from .people import Crowd

PEOPLE, ROOMS, IN_ROOM, PROCESSES = 20, 6, 12, 2
SECONDS, QUICK_SECONDS = 300, 20
# Until every process is up and has answered something; what must not happen must not happen then either.
WARM_UP_SECONDS = 6
MOST_SECONDS = 1


class Writer(threading.Thread):
    """Posts one message after the other, by page and by operation in turn."""

    def __init__(self, port: int, visitor: Visitor, rooms: list[str], since: float, until: float):
        super().__init__(daemon=True)
        self.connection, self.visitor, self.rooms = Connection(port), visitor, rooms
        self.since, self.until = since, until
        self.seconds: list[float] = []
        self.posted: Counter = Counter()
        self.wrong: list[str] = []

    def run(self) -> None:
        """Until the time is over, or the connection is."""
        number = 0
        while time.perf_counter() < self.until:
            number += 1
            thread = self.rooms[number // 2 % len(self.rooms)]
            make = people.post_by_page if number % 2 else people.post_by_operation
            began = time.perf_counter()
            try:
                status, body = self.connection.send(make(self.visitor, thread, f"Message {number} of many"))
            except (OSError, Failed) as problem:
                self.wrong.append(repr(problem))
                return
            if began > self.since:
                self.seconds.append(time.perf_counter() - began)
            self.posted[thread] += 1
            if status not in (201, 302):
                self.wrong.append(f"{status} {body[:300]!r}")


def _missing(visitor: Visitor, posted: Counter) -> int:
    """How many messages are not there once each, in order."""
    wrong = 0
    with account_context(visitor.member.account):
        for thread, count in posted.items():
            found = list(Message.objects.filter(thread_id=thread).order_by("number").values_list("number", flat=True))
            wrong += len(set(range(1, count + 1)) ^ set(found)) + len(found) - len(set(found))
    return wrong


def run(report: Report, data: Path, admin: Visitor, *, quick: bool) -> None:
    """The longest that all but one in a hundred wait, and everything that must not happen."""
    length, crowd = QUICK_SECONDS if quick else SECONDS, Crowd(admin, "writer", PEOPLE, ROOMS, IN_ROOM)
    with servers.installation(data, PROCESSES) as server:
        since = time.perf_counter() + WARM_UP_SECONDS
        writers = [
            Writer(server.port, one, rooms, since, since + length)
            for one, rooms in zip(crowd.people, crowd.rooms_of, strict=True)
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
    seconds = sorted(taken for writer in writers for taken in writer.seconds)
    wrong = [said for writer in writers for said in writer.wrong]
    missing = _missing(admin, sum((writer.posted for writer in writers), Counter()))
    middle, high = people.percentile(seconds, 0.5), people.percentile(seconds, 0.99)
    report.note([f"writers: {said}" for said in wrong[:5]])
    report.note([
        f"writers: {len(seconds)} messages by {PEOPLE} people in {length} s; "
        f"median {middle:.3f} s, p99 {high:.3f} s, longest {seconds[-1]:.3f} s"
    ])  # fmt: skip
    report.add("writers.p99", high, "s", 1, MOST_SECONDS)
    report.add("writers.errors", len(wrong), "answers", 1, 0)
    report.add("writers.lost", missing, "messages", 1, 0)
    report.add("writers.locked", (data / "run.log").read_text().count("database is locked"), "lines", 1, 0)

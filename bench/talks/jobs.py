"""What is measured of messages: posting, the list of rooms, opening a thread, searching; and growth with the thread."""

import json
import os
from collections.abc import Callable
from random import Random

from frontdesk.core.tenancy.context import account_context
from frontdesk.messaging.models import Room

from .. import inside, speed
from ..client import Request, form
from ..cpu import Backends, Meter
from ..jobs import Job, Requests
from ..report import Report
from ..scale import MOST_GROWTH
from ..visitors import CSRF, Visitor
from . import dataset

BODY = "The **spare part** has arrived, we can come on Thursday after four. https://example.com/parts/7"
PAGE_KIND = "application/x-www-form-urlencoded"
ROUNDS, REQUESTS, WARM_UP = 11, 10, 5


class Talks(Requests):
    """Makes the requests about messages."""

    def __init__(self, visitor: Visitor):
        super().__init__(visitor, None)
        with account_context(visitor.member.account):
            rooms = Room.objects.filter(kind=Room.Kind.GROUP).values_list("name", "thread_id")
            self.threads = {name: str(thread_id) for name, thread_id in rooms}
        random, words = Random(3), dataset.vocabulary()
        self.words = [random.choice(words)[: random.choice((4, 5, 6))] for _word in range(200)]
        self.words = [f"{word} {random.choice(words)}" if n % 3 == 0 else word for n, word in enumerate(self.words)]
        self.names = [name for name in self.threads if name.startswith("Room")]

    def _room(self, number: int) -> str:
        return self.threads[self.names[number % len(self.names)]]

    def _post_page(self, number: int) -> Request:
        typed = form({"csrfmiddlewaretoken": CSRF, "body": BODY, "reply_to": "", "key": "", "send_at": ""})
        return self._post(self._page(f"/messages/{self._room(number)}/post/"), typed, PAGE_KIND)

    def posting(self) -> Job:
        """A message with light formatting and a link."""
        typed = json.dumps({"body": BODY}).encode()
        return Job(
            "post",
            {"html": 8, "api": 8},
            self._post_page,
            lambda i: self._post(self._api(f"/rooms/{self._room(i)}/messages"), typed),
            lambda surface, i: self._post(self._floor(surface, f"/post/{self._room(i)}"), typed),
        )

    def listing(self) -> Job:
        """Fifty rooms with counters."""
        return Job(
            "rooms",
            {"html": 15, "api": 15},
            lambda _i: self._page("/messages/"),
            lambda _i: self._api("/rooms"),
            lambda surface, _i: self._floor(surface, "/rooms"),
        )

    def opening(self, room: str = dataset.LONG) -> Job:
        """The newest messages of a thread."""
        thread = self.threads[room]
        return Job(
            "thread",
            {"html": 15, "api": 15},
            lambda _i: self._page(f"/messages/{thread}/"),
            lambda _i: self._api(f"/rooms/{thread}/messages"),
            lambda surface, _i: self._floor(surface, f"/thread/{thread}"),
        )

    def searching(self) -> Job:
        """Words as they are typed, among all messages."""
        return Job(
            "message-search",
            {"html": 15, "api": 6},
            lambda i: self._page("/messages/search/", q=self.words[i % 200]),
            lambda i: self._api("/messages/search", q=self.words[i % 200]),
            lambda surface, i: self._floor(surface, "/messages", q=self.words[i % 200]),
        )

    def all(self) -> list[Job]:
        """Every job."""
        return [self.listing(), self.opening(), self.searching(), self.posting()]


def _milliseconds(meter: Meter, ask: Callable[[int], Request]) -> float:
    meter.start()
    for number in range(REQUESTS):
        inside.ask(ask(number))
    return meter.seconds() / REQUESTS * 1000


def growth(report: Report, talks: Talks) -> None:
    """A thread of a million messages against one of a hundred."""
    meter = Meter(os.getpid(), Backends())
    long, short = talks.opening(), talks.opening(dataset.BRIEF)
    for surface in ("html", "api"):
        one, other = ((job.pages if surface == "html" else job.api) for job in (long, short))
        for number in range(WARM_UP):
            inside.ask(one(number))
            inside.ask(other(number))
        rounds = [(_milliseconds(meter, one), _milliseconds(meter, other)) for _round in range(ROUNDS)]
        report.add_rounds(f"growth.thread.{surface}", rounds, MOST_GROWTH)


def run(report: Report, data, visitor: Visitor, *, quick: bool, only: set[str]) -> None:
    """Measure everything about messages, or the jobs of these names."""
    talks = Talks(visitor)
    chosen = [job for job in talks.all() if not only or job.name in only or "talks" in only]
    if not only or {"talks", "thread"} & only:
        growth(report, talks)
    speed.measure_all(report, data, chosen, quick=quick)

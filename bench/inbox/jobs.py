"""What is measured of the inbox: a page of fifty conversations, and opening one."""

from pathlib import Path

from frontdesk.conversations.models import Conversation
from frontdesk.core.tenancy.context import account_context

from .. import speed
from ..jobs import Job, Requests
from ..report import Report
from ..visitors import Visitor
from . import dataset

OPENED = 500


class Inbox(Requests):
    """Makes the requests about conversations."""

    def __init__(self, visitor: Visitor):
        super().__init__(visitor, None)
        with account_context(visitor.member.account):
            long = Conversation.objects.filter(thread__last_number=dataset.LONG).order_by("id")
            self.opened = [str(pk) for pk in long.values_list("pk", flat=True)[:OPENED]]

    def _one(self, number: int) -> str:
        return self.opened[number % len(self.opened)]

    def listing(self) -> Job:
        """Fifty open conversations."""
        return Job(
            "inbox-list",
            {"html": 15, "api": 8},
            lambda _i: self._page("/inbox/"),
            lambda _i: self._api("/conversations"),
            lambda surface, _i: self._floor(surface, "/inbox"),
        )

    def opening(self) -> Job:
        """The newest fifty messages of a conversation, with its notes, the client and the list beside."""
        return Job(
            "inbox-open",
            {"html": 15, "api": 6},
            lambda i: self._page(f"/inbox/{self._one(i)}/"),
            lambda i: self._api(f"/conversations/{self._one(i)}/messages"),
            lambda surface, i: self._floor(surface, f"/conversation/{self._one(i)}"),
        )

    def all(self) -> list[Job]:
        """Every job."""
        return [self.listing(), self.opening()]


def run(report: Report, data: Path, visitor: Visitor, *, quick: bool, only: set[str]) -> None:
    """Measure everything about the inbox, or the jobs of these names."""
    chosen = [job for job in Inbox(visitor).all() if not only or job.name in only or "inbox" in only]
    speed.measure_all(report, data, chosen, quick=quick)

"""Every order and filter of the list of clients."""

from dataclasses import dataclass

from frontdesk.clients.models import Assignment, ClientTag
from frontdesk.clients.queries import SORTS
from frontdesk.core.tenancy.context import account_context

from .jobs import Job, Requests


@dataclass(frozen=True)
class Variant:
    """A list: its name, and what its address asks for."""

    name: str
    asked: dict[str, str]


def _filters(requests: Requests) -> list[Variant]:
    with account_context(requests.visitor.member.account_id):
        tag = ClientTag.objects.values_list("tag_id", flat=True).first()
        member = Assignment.objects.values_list("member_id", flat=True).first()
    chosen = {
        "status": "prospect", "kind": "person", "mobile": "no", "portal": "yes", "tag": str(tag),
        "assigned": str(member), "q": requests.samples.words[0],
    }  # fmt: skip
    single = [Variant(name, {name: value}) for name, value in chosen.items()]
    return [Variant("all", {}), *single, Variant("unassigned", {"assigned": "none"})]


def singles(requests: Requests) -> list[Job]:
    """A job for each filter in the usual order, and for each other order without a filter."""
    orders = [Variant(f"sort {sort}", {"sort": sort}) for sort in SORTS]
    return [requests.variant(f"list {one.name}", one.asked) for one in [*_filters(requests)[1:], *orders]]


def combined(requests: Requests) -> list[Job]:
    """A job for each filter in each order."""
    return [
        requests.variant(f"list {one.name} by {sort}", one.asked | {"sort": sort})
        for one in _filters(requests)
        for sort in SORTS
    ]

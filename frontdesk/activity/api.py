"""The log through the API."""

from datetime import date, datetime
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Paging, Schema

from . import actions, queries, sentences
from .models import Verification
from .permissions import LOG
from .queries import LogFilters

router = Router(tags=["Audit log"])


class Actor(Schema):
    """Who acted; `id` is null for the account itself."""

    id: UUID | None
    name: str


class ActivityOut(Schema):
    """One thing that happened, with its sentence in the caller's language."""

    id: UUID
    at: datetime
    actor: Actor
    verb: str
    sentence: str
    subject: UUID | None
    client: UUID | None
    data: dict


class ActivityPage(Schema):
    """Newest first; `next` is the `after` of the following page, null on the last."""

    data: list[ActivityOut]
    next: str | None


class ActivityFilters(Paging):
    """What to list: by a member, of one part (`clients`), about a client, between two days (both included)."""

    member: UUID | None = None
    group: str = Field("", max_length=60, pattern=r"^[a-z_]*$")
    client: UUID | None = None
    since: date | None = None
    until: date | None = None


class CheckOut(Schema):
    """How the chain of seals was found. `fault` is empty when no sealed entry was changed, added or removed;
    while `running` is true, `done` of `sealed` seals have been seen."""

    checked_at: datetime | None
    seals: int
    entries: int
    fault: str
    broken_seal: int | None
    running: bool
    done: int
    sealed: int


def _check_out() -> dict:
    state = queries.chain_state()
    check, seal = state["check"] or Verification(), state["seal"]
    fields = ("checked_at", "seals", "entries", "fault", "broken_seal", "done")
    shown = {name: getattr(check, name) for name in fields}
    return {**shown, "running": check.running_since is not None, "sealed": seal.number if seal else 0}


def _out(entry: sentences.Entry, names: dict) -> dict:
    return {
        "id": entry.id, "at": entry.at, "actor": {"id": entry.actor_id, "name": entry.who}, "verb": entry.verb,
        "sentence": sentences.describe(entry, names, html=False), "subject": entry.subject_id,
        "client": entry.client_id, "data": entry.data,
    }  # fmt: skip


@operation(router, "GET", "/activities", right=LOG, answer=ActivityPage, summary="List activities")
def list_activities(request, filters: Query[ActivityFilters]):
    """Everything that was done in the account, newest first: who did what to which thing, and when."""
    wanted = LogFilters(filters.member, filters.group, filters.since, filters.until, filters.client)
    page, entries = queries.log_entries(wanted, after=filters.after, limit=filters.limit)
    names = sentences.resolve(entries)
    return answer({"data": [_out(entry, names) for entry in entries], "next": page.after})


@operation(router, "GET", "/activities/check", right=LOG, answer=CheckOut, summary="Show the check of the log")
def show_check(request):
    """How the last check of the log ended, or how far the one that goes on has come."""
    return answer(_check_out())


@operation(
    router, "POST", "/activities/check", right=LOG, answer=CheckOut, status=201, summary="Check the log"
)  # fmt: skip
def check(request):
    """Check the chain of seals: at once, or, where it is long, in the background."""
    actions.check_log(request.actor)
    return answer(_check_out(), 201)

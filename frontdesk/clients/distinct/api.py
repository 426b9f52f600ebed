"""REST: likely duplicates."""

from typing import Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input, Paging, Schema
from frontdesk.undo.shapes import ChangeOut, change_out

from .. import permissions
from . import actions, finding

router = Router(tags=["Clients"])
LIKELY = "/client-duplicates"


class AlikeOut(Schema):
    """By what clients are alike; of the same name they also have the same date in an own field."""

    by: Literal["email", "phone", "name"]
    value: str


class AlikeClient(Schema):
    """One of them."""

    id: UUID
    name: str
    kind: str
    status: str
    email: str
    phone: str


class GroupOut(Schema):
    """Clients that are likely the same, the oldest first."""

    reasons: list[AlikeOut]
    clients: list[AlikeClient]


class GroupRows(Schema):
    """Some groups; `next` is where looking goes on, even after a page with few or none, and null at the end."""

    data: list[GroupOut]
    next: str | None


class ApartIn(Input):
    """Clients that are not the same, two to eight."""

    clients: list[UUID] = Field(max_length=100)


def _out(group: finding.Group) -> dict:
    names = ("id", "name", "kind", "status", "email", "phone")
    clients = [{name: row[name] for name in names} for row in group.clients]
    return {"reasons": [{"by": by, "value": value} for by, value in group.reasons], "clients": clients}


@operation(router, "GET", LIKELY, right=permissions.MERGE, answer=GroupRows, summary="List likely duplicates")
def list_likely(request, query: Query[Paging]):
    """Clients with the same e-mail address or number, or the same name and date, unless they were told apart."""
    found = finding.likely(request.actor, query.after, query.limit)
    return answer({"data": [_out(group) for group in found.groups], "next": found.after})


@operation(
    router, "POST", LIKELY + "/not", right=permissions.MERGE, answer=ChangeOut, summary="Say that they are none"
)  # fmt: skip
def tell_apart(request, body: ApartIn):
    """These are not shown as duplicates of each other again. Can be undone for thirty days."""
    return answer(change_out(request.actor, actions.tell_apart(request.actor, body.clients)))

"""REST: recent changes and undoing them."""

from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Paging, Schema

from . import access, actions, permissions, queries
from .models import State
from .shapes import ChangeOut, change_out

router = Router(tags=["Changes"])
CHANGE = "/changes/{uuid:change_id}"


class ChangeQuery(Paging):
    """Narrowing and paging of changes."""

    kind: str = Field("", max_length=40, description="as in `kind` of a change")
    state: str = Field("", max_length=8, description="working, done, undoing or undone")


class ChangeRows(Schema):
    """Newest first; `next` is the `after` of the following page, null on the last."""

    data: list[ChangeOut]
    next: str | None


class LeftOutRow(Schema):
    """A record that was left as it was."""

    id: UUID
    reason: str


class LeftOutRows(Schema):
    """A page of records that were left; `next` is the `after` of the following page, null on the last."""

    data: list[LeftOutRow]
    next: str | None


@operation(router, "GET", "/changes", right=permissions.VIEW, answer=ChangeRows, summary="List recent changes")
def list_changes(request, query: Query[ChangeQuery]):
    """Imports, merges, bulk edits and deletions of the last thirty days."""
    found = queries.recent(
        request.actor, kind=query.kind, state=query.state, after=query.after, limit=query.limit
    )  # fmt: skip
    return answer({"data": [change_out(request.actor, row.change) for row in found.rows], "next": found.after})


@operation(router, "GET", CHANGE, right=permissions.VIEW, obj="change", answer=ChangeOut, summary="Read a change")
def read_change(request, change_id: UUID):
    """How far a change or its undo is."""
    return answer(change_out(request.actor, access.get_change(request.actor, change_id)))


@operation(
    router, "GET", CHANGE + "/left-out", right=permissions.VIEW, obj="change", answer=LeftOutRows,
    summary="List what a change left out",
)  # fmt: skip
def list_left_out(request, change_id: UUID, query: Query[Paging]):
    """The records that the change, or its undo once there was one, left as they were."""
    change = access.get_change(request.actor, change_id)
    undoing = change.state in (State.UNDOING, State.UNDONE)
    found = queries.left_out(change, undoing=undoing, after=query.after, limit=query.limit)
    return answer({"data": [{"id": row.about, "reason": row.reason} for row in found.rows], "next": found.after})


@operation(
    router, "POST", CHANGE + "/undo", right=permissions.UNDO, obj="change", answer=ChangeOut, summary="Undo a change"
)  # fmt: skip
def undo_change(request, change_id: UUID):
    """Take a change back; with many records it goes on in the background (`state` is `undoing`).

    What was changed since stays as it is. 409 when it was undone already, is older than thirty days or still runs.
    """
    change = actions.undo(request.actor, access.get_change(request.actor, change_id))
    return answer(change_out(request.actor, change))

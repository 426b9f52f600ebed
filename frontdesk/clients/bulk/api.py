"""REST: one verb for many clients."""

from typing import Literal
from uuid import UUID

from ninja import Router
from pydantic import Field

from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input, Schema
from frontdesk.undo.shapes import ChangeOut, change_out

from .. import permissions, queries
from . import actions
from .selection import MOST_CHOSEN, Selection

router = Router(tags=["Many clients"])


class FilterIn(Input):
    """The filters of the list; all that pass them."""

    q: str = Field("", max_length=100)
    status: str = Field("", max_length=20)
    kind: str = Field("", max_length=20)
    assigned: str = Field("", max_length=40, description="a member's id, or `none`")
    tag: str = Field("", max_length=40, description="a tag's id")
    mobile: str = Field("", max_length=3, description="yes or no")
    portal: str = Field("", max_length=3, description="yes or no")
    unsubscribed: str = Field("", max_length=3, description="yes (from all messages) or no")


class ManyIn(Input):
    """Which clients: `clients` by their ids, or all that pass `filter` ({} for every client)."""

    clients: list[UUID] = Field([], max_length=MOST_CHOSEN)
    filter: FilterIn | None = None

    def selection(self) -> Selection:
        """As the verbs take it."""
        if self.filter is None:
            return Selection(self.clients)
        return Selection(all=True, filters=queries.Filters(**self.filter.model_dump()))


class StatusIn(ManyIn):
    """A status for many."""

    status: str = Field(max_length=20)


class LanguageIn(ManyIn):
    """A language for many; "" for the account's own."""

    language: str = Field(max_length=12)


class TagIn(ManyIn):
    """A tag for many, by its name."""

    tag: str = Field(max_length=80)


class MembersIn(ManyIn):
    """Members of the team."""

    members: list[UUID] = Field(max_length=100)


class ManyMessagesIn(ManyIn):
    """Kinds of messages for many; an empty channel or purpose stands for each."""

    channel: Literal["", "email", "sms"] = ""
    purpose: Literal["", "service", "marketing"] = ""


class BulkFollowIn(ManyIn):
    """Kinds of what you are told of."""

    follow: list[Literal["tasks", "chat", "calendar"]] = Field(min_length=1, max_length=3)


class HandoverIn(Schema):
    """From one member of the team to another, all their clients."""

    model_config = Input.model_config
    member: UUID
    to: UUID


def _start(request, verb: str, selection: Selection, **values):
    return answer(change_out(request.actor, actions.start(request.actor, verb, selection, values)))


def _operation(verb: str, right: str, summary: str):
    return operation(router, "POST", f"/clients/bulk/{verb}", right=right, answer=ChangeOut, summary=summary)


@_operation("status", permissions.EDIT, "Change the status of many")
def status(request, body: StatusIn):
    """Up to 200 at once, more in the background; the answer is the change, which can be undone."""
    return _start(request, "status", body.selection(), status=body.status)


@_operation("language", permissions.EDIT, "Change the language of many")
def language(request, body: LanguageIn):
    """As for the status."""
    return _start(request, "language", body.selection(), language=body.language)


@_operation("tag", permissions.EDIT, "Add a tag to many")
def tag(request, body: TagIn):
    """As for the status; a new tag is made."""
    return _start(request, "tag", body.selection(), tag=body.tag)


@_operation("untag", permissions.EDIT, "Remove a tag from many")
def untag(request, body: TagIn):
    """As for the status."""
    return _start(request, "untag", body.selection(), tag=body.tag)


@_operation("assign", permissions.ASSIGN, "Assign many")
def assign(request, body: MembersIn):
    """Let members of the team serve many clients."""
    return _start(request, "assign", body.selection(), members=body.members)


@_operation("unassign", permissions.ASSIGN, "End the assignments of many")
def unassign(request, body: MembersIn):
    """Let members of the team serve many clients no longer."""
    return _start(request, "unassign", body.selection(), members=body.members)


@_operation("reassign", permissions.ASSIGN, "Hand all clients of a member over")
def reassign(request, body: HandoverIn):
    """Let `to` serve everybody whom `member` serves."""
    selection = Selection(all=True, filters=queries.Filters(assigned=str(body.member)))
    return _start(request, "reassign", selection, member=body.member, to=body.to)


@_operation("unsubscribe", permissions.EDIT, "Unsubscribe many from messages")
def unsubscribe(request, body: ManyMessagesIn):
    """As for the status."""
    return _start(request, "unsubscribe", body.selection(), channel=body.channel, purpose=body.purpose)


@_operation("resubscribe", permissions.EDIT, "Subscribe many to messages again")
def resubscribe(request, body: ManyMessagesIn):
    """As for the status; who unsubscribed themselves is left out and in `/changes/{id}/left-out`."""
    return _start(request, "resubscribe", body.selection(), channel=body.channel, purpose=body.purpose)


@_operation("follow", permissions.FOLLOW, "Follow many that pass a filter")
def follow(request, body: BulkFollowIn):
    """As for the status; what you follow already stays."""
    return _start(request, "follow", body.selection(), follow=body.follow)


@_operation("delete", permissions.DELETE, "Delete many")
def delete(request, body: ManyIn):
    """Delete those that can be; the others are in `/changes/{id}/left-out` with what stands in the way."""
    return _start(request, "delete", body.selection())

"""REST: the inbox, one conversation, and what is done with it."""

from dataclasses import fields
from uuid import UUID

from ninja import Query

from frontdesk.clients import access as clients
from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Paging

from .. import access, actions, permissions, queries, reaching
from ..opening import conversation_with
from ..queries import Filters
from ..shapes import conversation_out, covered_out, row_out, way_out
from . import router, schemas

ONE = "/conversations/{uuid:conversation_id}"


@operation(
    router, "GET", "/conversations", right=permissions.VIEW, answer=schemas.InboxRows, summary="List the inbox"
)  # fmt: skip
def list_conversations(request, query: Query[schemas.InboxQuery]):
    """Conversations with the clients whom you see."""
    filters = Filters(**{one.name: getattr(query, one.name) for one in fields(Filters)})
    found = queries.inbox(request.actor, filters, after=query.after, limit=query.limit)
    return answer({"data": [row_out(row) for row in found.rows], "next": found.after})


@operation(
    router, "GET", "/conversations/covered", right=permissions.VIEW, answer=schemas.CoveredRows,
    summary="List what colleagues did while you were away",
)  # fmt: skip
def list_covered(request, query: Query[Paging]):
    """Your own conversations that a deputy had."""
    found = queries.covered(request.actor, after=query.after, limit=query.limit)
    return answer({"data": [covered_out(row) for row in found.rows], "next": found.after})


@operation(
    router, "GET", "/clients/{uuid:client_id}/conversation", right=permissions.VIEW, obj="client",
    answer=schemas.ConversationOut, summary="Get the conversation with a client",
)  # fmt: skip
def with_client(request, client_id: UUID):
    """There is one, also before anything was said."""
    client = clients.get_client(request.actor, client_id)
    made = conversation_with(client)
    return answer(conversation_out(access.get_conversation(request.actor, made.pk)))


@operation(
    router, "GET", ONE, right=permissions.VIEW, obj="conversation", answer=schemas.ConversationOut,
    summary="Read how a conversation stands",
)  # fmt: skip
def get_conversation(request, conversation_id: UUID):
    """One conversation."""
    return answer(conversation_out(access.get_conversation(request.actor, conversation_id)))


@operation(
    router, "GET", ONE + "/ways", right=permissions.VIEW, obj="conversation", answer=schemas.Ways,
    summary="List the ways to write to the client",
)  # fmt: skip
def list_ways(request, conversation_id: UUID):
    """Channels and addresses, and what speaks against each."""
    found = access.get_conversation(request.actor, conversation_id)
    return answer({"data": [way_out(way) for way in reaching.ways(found)]})


def _done(request, conversation_id: UUID, verb, *arguments, right: str = permissions.HANDLE, **named):
    found = access.writable(request.actor, conversation_id, right)
    verb(request.actor, found, *arguments, **named)
    return answer(conversation_out(access.get_conversation(request.actor, conversation_id)))


@operation(
    router, "POST", ONE + "/assign", right=permissions.HANDLE, obj="conversation", answer=schemas.ConversationOut,
    summary="Assign a conversation",
)  # fmt: skip
def assign(request, conversation_id: UUID, body: schemas.AssignIn):
    """To a colleague, a team, or nobody."""
    return _done(request, conversation_id, actions.assign, member=body.member, team=body.team)


@operation(
    router, "POST", ONE + "/close", right=permissions.HANDLE, obj="conversation", answer=schemas.ConversationOut,
    summary="Close a conversation",
)  # fmt: skip
def close(request, conversation_id: UUID):
    """The client's next message opens it again."""
    return _done(request, conversation_id, actions.close)


@operation(
    router, "POST", ONE + "/reopen", right=permissions.HANDLE, obj="conversation", answer=schemas.ConversationOut,
    summary="Reopen a conversation",
)  # fmt: skip
def reopen(request, conversation_id: UUID):
    """One that is closed or snoozed."""
    return _done(request, conversation_id, actions.reopen)


@operation(
    router, "POST", ONE + "/snooze", right=permissions.HANDLE, obj="conversation", answer=schemas.ConversationOut,
    summary="Snooze a conversation",
)  # fmt: skip
def snooze(request, conversation_id: UUID, body: schemas.SnoozeIn):
    """Until a time, or until the client writes."""
    return _done(request, conversation_id, actions.snooze, body.until)


@operation(
    router, "POST", ONE + "/confirm", right=permissions.HANDLE, obj="conversation", answer=schemas.ConversationOut,
    summary="Confirm the sender",
)  # fmt: skip
def confirm(request, conversation_id: UUID):
    """Say that whoever wrote first is who they say."""
    return _done(request, conversation_id, actions.confirm_sender)

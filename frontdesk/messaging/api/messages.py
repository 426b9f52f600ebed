"""REST: messages of a thread."""

from uuid import UUID

from ninja import Query

from frontdesk.core.errors import Forbidden
from frontdesk.core.rest.answers import answer, no_content
from frontdesk.core.rest.operation import operation
from frontdesk.ui.jinja import url

from .. import access, actions, permissions, queries
from ..actions.posting import MessageInput
from ..models import Message
from ..search import search
from ..shapes import message_out
from ..turning import offered, turnings
from . import router, schemas

MESSAGES = "/rooms/{uuid:thread_id}/messages"
MESSAGE = "/messages/{uuid:message_id}"


def fresh_out(message: Message) -> dict:
    """A message as it is now."""
    fresh = Message.objects.select_related("author").get(pk=message.pk)
    return message_out(queries.each([fresh])[0])


@operation(
    router, "GET", MESSAGES, right=permissions.READ, obj="thread", answer=schemas.MessageRows, summary="Read messages"
)  # fmt: skip
def list_messages(request, thread_id: UUID, query: Query[schemas.HistoryQuery]):
    """Messages of a conversation. Reading one in which you take no part is recorded in the audit log."""
    thread, standing = access.get_thread(request.actor, thread_id)
    if standing.oversees:
        actions.look_over(request.actor, thread)
    found = queries.history(
        thread, before=query.before, after=query.after, around=query.around, in_portal=request.actor.is_portal
    )
    return answer({"data": [message_out(line) for line in found.lines], "older": found.older, "newer": found.newer})


@operation(
    router, "POST", MESSAGES, right=permissions.WRITE, obj="thread", answer=schemas.MessageOut, status=201,
    summary="Post a message",
)  # fmt: skip
def post_message(request, thread_id: UUID, body: schemas.MessageIn):
    """Write in a conversation in which you take part; with an Idempotency-Key it is posted once."""
    thread = access.writable(request.actor, thread_id)
    typed = MessageInput(body.body, body.reply_to, tuple(body.files))
    posted = actions.post(request.actor, thread, typed)
    return answer(message_out(queries.fresh(posted, request.actor, has_files=bool(body.files))), 201)


@operation(
    router, "GET", "/messages/search", right=permissions.READ, answer=schemas.FoundMessages, errors=(404,),
    summary="Search messages",
)  # fmt: skip
def search_messages(request, query: Query[schemas.MessageSearch]):
    """Any part of any word, in conversations in which you take part."""
    thread = access.own_thread(request.actor, query.thread_id) if query.thread_id else None
    found = search(request.actor, query.q, thread=thread, after=query.after)
    return answer({"data": [message_out(line) for line in queries.each(found.messages)], "next": found.after})


@operation(
    router, "GET", "/messages/unread", right=permissions.READ, answer=schemas.UnreadOut, summary="Count unread messages"
)  # fmt: skip
def count_unread(request):
    """In all conversations in which you take part."""
    return answer({"messages": queries.unread_total(request.actor)})


@operation(
    router, "GET", MESSAGE, right=permissions.READ, obj="message", answer=schemas.MessageOut, summary="Get a message"
)  # fmt: skip
def get_message(request, message_id: UUID):
    """One message; reading one in a conversation in which you take no part is recorded."""
    message, thread, standing = access.get_message(request.actor, message_id)
    if standing.oversees:
        actions.look_over(request.actor, thread)
    return answer(fresh_out(message))


@operation(
    router, "PATCH", MESSAGE, right=permissions.WRITE, obj="own_message", answer=schemas.MessageOut,
    summary="Change a message",
)  # fmt: skip
def edit_message(request, message_id: UUID, body: schemas.MessageBody):
    """Change what you wrote; what it said before stays readable."""
    message, thread = access.own_message(request.actor, message_id)
    return answer(fresh_out(actions.edit_message(request.actor, message, thread, body.body)))


@operation(
    router, "DELETE", MESSAGE, right=permissions.WRITE, obj="own_message", status=204, summary="Delete a message"
)  # fmt: skip
def delete_message(request, message_id: UUID):
    """Take back what you wrote; that there was a message stays visible."""
    message, thread = access.own_message(request.actor, message_id)
    actions.delete_message(request.actor, message, thread)
    return no_content()


@operation(
    router, "POST", MESSAGE + "/restore", right=permissions.WRITE, obj="own_message", answer=schemas.MessageOut,
    summary="Bring a message back",
)  # fmt: skip
def restore_message(request, message_id: UUID):
    """Within an hour after you deleted it."""
    message, thread = access.own_message(request.actor, message_id)
    return answer(fresh_out(actions.restore_message(request.actor, message, thread)))


@operation(
    router, "POST", MESSAGE + "/reactions", right=permissions.WRITE, obj="message", answer=schemas.MessageOut,
    summary="React to a message",
)  # fmt: skip
def react(request, message_id: UUID, body: schemas.ReactionIn):
    """Put an emoji on a message, or take yours away."""
    message, thread, standing = access.get_message(request.actor, message_id, permissions.WRITE)
    if not standing.writes:
        raise Forbidden("thread")
    actions.react(request.actor, message, thread, body.emoji, body.on)
    return answer(fresh_out(message))


@operation(
    router, "GET", MESSAGE + "/turnings", right=permissions.TURN, obj="client_message",
    answer=schemas.MessageTurnings, summary="List what a message can become",
)  # fmt: skip
def list_turnings(request, message_id: UUID):
    """What you may make of it."""
    message, thread, standing = access.get_message(request.actor, message_id)
    found = offered(request.actor, message, thread, standing)
    pages = {one.key: f"{url(one.page)}?message={message.pk}" if one.page else "" for one in found}
    return answer({"data": [{"key": one.key, "label": str(one.label), "page": pages[one.key]} for one in found]})


@operation(
    router, "POST", MESSAGE + "/turn", right=permissions.TURN, obj="client_message", answer=schemas.MessageTurnedOut,
    status=201, summary="Make something of a message",
)  # fmt: skip
def turn_message(request, message_id: UUID, body: schemas.MessageTurnIn):
    """A note about the client, or what else is offered; done twice, the same thing is given again."""
    message, thread, standing = access.get_message(request.actor, message_id)
    made = actions.turn(request.actor, message, thread, standing, body.into)
    return answer({"key": body.into, "id": made, "href": turnings[body.into].href(made, thread.client_id)}, 201)

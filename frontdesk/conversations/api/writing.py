"""REST: what is said in a conversation."""

from uuid import UUID

from ninja import Query

from frontdesk.core.errors import Invalid
from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.text import gettext as _
from frontdesk.messaging.actions.posting import MessageInput
from frontdesk.messaging.models import Message
from frontdesk.messaging.queries import Line

from .. import access, actions, framing, permissions, queries
from ..actions import CallInput
from ..models import Conversation
from ..queries import Position
from ..shapes import stream_out
from ..traces import travels
from . import router, schemas

ONE = "/conversations/{uuid:conversation_id}"


def _place(text: str, field: str) -> Position | None:
    if not text:
        return None
    found = Position.parse(text)
    if found is None:
        raise Invalid({field: [_("This page link is damaged. Start from the first page.")]})
    return found


def _out(conversation: Conversation, lines: list[Line]) -> list[dict]:
    known = travels([line.message.id for line in lines]) if lines else {}
    return [stream_out(conversation, line, known.get(line.message.id)) for line in lines]


@operation(
    router, "GET", ONE + "/messages", right=permissions.VIEW, obj="conversation", answer=schemas.StreamRows,
    summary="Read a conversation",
)  # fmt: skip
def list_messages(request, conversation_id: UUID, query: Query[schemas.StreamQuery]):
    """What was said and the team's notes, in order of time."""
    found = access.get_conversation(request.actor, conversation_id)
    page = queries.messages(found, before=_place(query.before, "before"), after=_place(query.after, "after"))
    ends = {name: str(place) if (place := getattr(page, name)) else None for name in ("older", "newer")}
    return answer({"data": _out(found, page.lines), **ends})


def _written(request, conversation: Conversation, message: Message):
    fresh = Message.objects.select_related("author").get(pk=message.pk)
    return answer(_out(conversation, [queries.fresh(conversation, fresh)])[0], 201)


def _input(body: schemas.ReplyIn) -> MessageInput:
    details = {name: value for name in ("way", "subject") if (value := getattr(body, name))}
    return MessageInput(body.body, body.reply_to, tuple(body.files), details=details)


@operation(
    router, "POST", ONE + "/messages", right=permissions.REPLY, obj="conversation", answer=schemas.StreamMessage,
    status=201, summary="Write to the client",
)  # fmt: skip
def reply(request, conversation_id: UUID, body: schemas.ReplyNowIn):
    """By the way that you name; with an Idempotency-Key it is sent once."""
    found = access.writable(request.actor, conversation_id)
    made = actions.reply(request.actor, found, _input(body), last_seen_number=body.last_seen_number)
    return _written(request, found, made)


@operation(
    router, "POST", ONE + "/messages/scheduled", right=permissions.REPLY, obj="conversation",
    answer=schemas.WaitingReply, status=201, summary="Write to the client later",
)  # fmt: skip
def reply_later(request, conversation_id: UUID, body: schemas.ReplyLaterIn):
    """Until then it can be changed and cancelled as other scheduled messages."""
    found = access.writable(request.actor, conversation_id)
    made = actions.reply_later(request.actor, found, _input(body), body.send_at)
    return answer({"id": made.pk, "send_at": made.send_at}, 201)


@operation(
    router, "POST", ONE + "/preview", right=permissions.REPLY, obj="conversation", answer=schemas.PreviewOut,
    summary="See how an answer would leave",
)  # fmt: skip
def preview(request, conversation_id: UUID, body: schemas.PreviewIn):
    """In the frame of the account and the client's language; nobody gets it."""
    found = access.writable(request.actor, conversation_id)
    way, shown = actions.preview(request.actor, found, body.body, body.way, body.subject)
    cost = framing.measure(way.channel.key, body.body)
    parts = cost.segments if cost else None
    named = {name: getattr(shown, name) for name in ("subject", "text", "html", "language")}
    return answer({"way": way.value, "segments": parts, **named})


@operation(
    router, "POST", ONE + "/notes", right=permissions.REPLY, obj="conversation", answer=schemas.StreamMessage,
    status=201, summary="Write a note for the team",
)  # fmt: skip
def note(request, conversation_id: UUID, body: schemas.InternalNoteIn):
    """The client never sees it."""
    found = access.writable(request.actor, conversation_id)
    return _written(
        request, found, actions.note(request.actor, found, MessageInput(body.body, files=tuple(body.files)))
    )


@operation(
    router, "POST", ONE + "/calls", right=permissions.REPLY, obj="conversation", answer=schemas.StreamMessage,
    status=201, summary="Note a call",
)  # fmt: skip
def log_call(request, conversation_id: UUID, body: schemas.CallIn):
    """As a note of the team's, and in the client's timeline."""
    found = access.writable(request.actor, conversation_id)
    return _written(request, found, actions.log_call(request.actor, found, CallInput(**body.model_dump())))


@operation(
    router, "POST", "/messages/{uuid:message_id}/send-again", right=permissions.REPLY, obj="failed_message",
    answer=schemas.StreamMessage, summary="Send a failed message again",
)  # fmt: skip
def send_again(request, message_id: UUID):
    """Whoever may answer in its conversation; 409 for one that did not fail."""
    found, message = access.of_message(request.actor, message_id)
    actions.retry(request.actor, found, message)
    fresh = Message.objects.select_related("author").get(pk=message.pk)
    return answer(_out(found, [queries.fresh(found, fresh)])[0])

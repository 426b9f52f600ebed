"""REST: messages that are sent later."""

from uuid import UUID

from ninja import Query

from frontdesk.core.rest.answers import answer, no_content
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Paging

from .. import access, actions, permissions, queries
from ..actions.posting import MessageInput
from ..models import Draft
from . import router, schemas
from .messages import fresh_out

WAITING = "/scheduled-messages"
ONE = WAITING + "/{uuid:draft_id}"


def _waiting_out(draft: Draft) -> dict:
    return {
        "id": draft.pk, "thread_id": draft.thread_id, "body": draft.body, "send_at": draft.send_at,
        "refused": draft.refused,
    }  # fmt: skip


@operation(
    router, "GET", WAITING, right=permissions.WRITE, answer=schemas.WaitingRows, summary="List messages that wait"
)  # fmt: skip
def list_waiting(request, query: Query[Paging]):
    """Your own, the next first."""
    found = queries.scheduled(request.actor, after=query.after, limit=query.limit)
    return answer({"data": [_waiting_out(draft) for draft in found.rows], "next": found.after})


@operation(
    router, "POST", "/rooms/{uuid:thread_id}/scheduled", right=permissions.WRITE, obj="thread",
    answer=schemas.WaitingOut, status=201, summary="Send a message later",
)  # fmt: skip
def schedule(request, thread_id: UUID, body: schemas.WaitingIn):
    """At a time within a year."""
    thread = access.writable(request.actor, thread_id)
    typed = MessageInput(body.body, body.reply_to, tuple(body.files))
    return answer(_waiting_out(actions.schedule(request.actor, thread, typed, body.send_at)), 201)


@operation(
    router, "PUT", ONE, right=permissions.WRITE, obj="scheduled", answer=schemas.WaitingOut,
    summary="Change a message that waits",
)  # fmt: skip
def change(request, draft_id: UUID, body: schemas.WaitingChange):
    """Its text and its time."""
    draft = access.own_scheduled(request.actor, draft_id)
    return answer(_waiting_out(actions.change_scheduled(request.actor, draft, body.body, body.send_at)))


@operation(router, "DELETE", ONE, right=permissions.WRITE, obj="scheduled", status=204, summary="Call a message off")
def cancel(request, draft_id: UUID):
    """It will not be sent."""
    actions.cancel_scheduled(request.actor, access.own_scheduled(request.actor, draft_id))
    return no_content()


@operation(
    router, "POST", ONE + "/send", right=permissions.WRITE, obj="scheduled", answer=schemas.MessageOut, status=201,
    summary="Send a waiting message now",
)  # fmt: skip
def send_now(request, draft_id: UUID):
    """Without waiting for its time."""
    draft = access.own_scheduled(request.actor, draft_id)
    return answer(fresh_out(actions.send_now(request.actor, draft)), 201)

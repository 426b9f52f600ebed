"""REST: the outbox."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input, Paging, Schema

from .. import access, actions, queries
from ..models import Dispatch
from ..permissions import OUTBOX, SEND

router = Router(tags=["Outbox"])
DISPATCHES = "/dispatches"
ONE = DISPATCHES + "/{uuid:dispatch_id}"
StateName = Literal["queued", "sending", "sent", "delivered", "read", "failed", "cancelled", "kept"]
NAMES = (
    "channel", "to", "to_name", "subject", "purpose", "cause", "cause_id", "state", "tries", "segments", "provider_id",
    "queued_at", "next_at", "sent_at", "delivered_at", "read_at", "failed_at",
)  # fmt: skip


class DispatchFilter(Paging):
    """What to list."""

    channel: str = Field("", max_length=20)
    state: StateName | None = None


class DispatchOut(Schema):
    """A message to one address.

    `state` is queued, sending, sent, delivered, read, failed, cancelled, or kept (its channel is not set up). `reason`
    is a code, "" where all is well, `explanation` the same in words.
    """

    id: UUID
    channel: str
    client: UUID | None
    to: str
    to_name: str
    subject: str
    purpose: str
    cause: str
    cause_id: UUID | None
    state: str
    reason: str
    explanation: str
    tries: int
    segments: int
    provider_id: str
    queued_at: datetime
    next_at: datetime | None
    sent_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None
    failed_at: datetime | None


class DispatchWhole(DispatchOut):
    """A message with what the recipient gets."""

    text: str
    html: str


class DispatchRows(Schema):
    """Newest first; `next` is the `after` of the following page, null on the last."""

    data: list[DispatchOut]
    next: str | None


class AgainIn(Input):
    """Which messages are sent again: those that failed, or those that were kept; of one channel or of all."""

    state: Literal["failed", "kept"] = "failed"
    channel: str = Field("", max_length=20)


class AgainOut(Schema):
    """How many messages are sent again; those whose channel cannot send are left.

    `barred` are left since their clients unsubscribed or are inactive.
    """

    count: int
    barred: int


def dispatch_out(row: Dispatch) -> dict:
    """A DispatchOut."""
    said = queries.reason_text(row.channel, row.reason, row.detail)
    shown = {name: getattr(row, name) for name in NAMES}
    return {"id": row.pk, "client": row.client_id, "reason": row.reason, "explanation": said, **shown}


@operation(router, "GET", DISPATCHES, right=OUTBOX, answer=DispatchRows, summary="List messages that leave")
def list_dispatches(request, query: Query[DispatchFilter]):
    """What was sent, waits, failed or is kept, without texts."""
    found = queries.outbox(
        request.actor, channel=query.channel, state=query.state or "", after=query.after, limit=query.limit
    )
    return answer({"data": [dispatch_out(row) for row in found.rows], "next": found.after})


@operation(
    router, "POST", DISPATCHES + "/retry", right=SEND, answer=AgainOut, status=202, summary="Send many messages again"
)  # fmt: skip
def retry_dispatches(request, body: AgainIn):
    """All that failed, or all that were kept."""
    made = actions.retry_many(request.actor, channel=body.channel, state=body.state)
    return answer({"count": made.sent, "barred": made.barred}, 202)


@operation(router, "GET", ONE, right=OUTBOX, obj="dispatch", answer=DispatchWhole, summary="Read a message")
def read_dispatch(request, dispatch_id: UUID):
    """One message, with what the recipient gets."""
    row = access.get_dispatch(request.actor, dispatch_id)
    return answer({**dispatch_out(row), "text": row.text, "html": row.html})


@operation(
    router, "POST", ONE + "/retry", right=SEND, obj="dispatch", answer=DispatchOut, status=202,
    summary="Send a message again",
)  # fmt: skip
def retry_dispatch(request, dispatch_id: UUID):
    """One that failed, or one that was kept or cancelled and can leave now."""
    row = access.get_dispatch(request.actor, dispatch_id)
    return answer(dispatch_out(actions.retry(request.actor, row)), 202)


@operation(
    router, "POST", ONE + "/cancel", right=SEND, obj="dispatch", answer=DispatchOut, summary="Cancel a message"
)  # fmt: skip
def cancel_dispatch(request, dispatch_id: UUID):
    """One that still waits."""
    row = access.get_dispatch(request.actor, dispatch_id)
    return answer(dispatch_out(actions.cancel(request.actor, row)))

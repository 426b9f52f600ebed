"""REST: what arrived and was not taken in."""

from datetime import datetime
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Paging, Schema

from .. import access, actions, queries
from ..models import Arrival
from ..permissions import OUTBOX, SEND

router = Router(tags=["Outbox"])
ONE = "/arrivals/{uuid:arrival_id}"


class ArrivalFilter(Paging):
    """What to list."""

    channel: str = Field("", max_length=20)


class ArrivalOut(Schema):
    """Something that arrived. `state` is refused or failed, or new while it is read again; `reason` is a code,
    `explanation` the same in words. `is_kept` says that it can still be read again."""

    id: UUID
    channel: str
    sender: str
    state: str
    reason: str
    explanation: str
    size: int
    tries: int
    is_kept: bool
    received_at: datetime


class ArrivalRows(Schema):
    """Newest first; `next` is the `after` of the following page, null on the last."""

    data: list[ArrivalOut]
    next: str | None


NAMES = ("channel", "sender", "state", "reason", "size", "tries", "is_kept", "received_at")


def arrival_out(row: Arrival) -> dict:
    """An ArrivalOut."""
    said = queries.reason_text(row.channel, row.reason, row.detail)
    return {"id": row.pk, "explanation": said, **{name: getattr(row, name) for name in NAMES}}


@operation(router, "GET", "/arrivals", right=OUTBOX, answer=ArrivalRows, summary="List what was not taken in")
def list_arrivals(request, query: Query[ArrivalFilter]):
    """What arrived and could not be read, or was refused."""
    found = queries.arrivals(request.actor, channel=query.channel, after=query.after, limit=query.limit)
    return answer({"data": [arrival_out(row) for row in found.rows], "next": found.after})


@operation(
    router, "POST", ONE + "/retry", right=SEND, obj="lost_arrival", answer=ArrivalOut, status=202,
    summary="Read an arrival again",
)  # fmt: skip
def retry_arrival(request, arrival_id: UUID):
    """As if it had just come."""
    row = access.get_arrival(request.actor, arrival_id)
    return answer(arrival_out(actions.read_again(request.actor, row)), 202)

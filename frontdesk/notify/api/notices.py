"""REST: notifications."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input, Paging, Schema

from .. import access, actions, permissions, queries

router = Router(tags=["Notifications"])
ALL = "/notifications"
ONE = ALL + "/{uuid:notice_id}"


class NotificationOut(Schema):
    """A notice in the caller's words; `count` is how often it happened, `href` the page that it is about."""

    id: UUID
    kind: str
    area: str
    key: str
    title: str
    body: str
    href: str
    client: UUID | None
    count: int
    at: datetime
    read_at: datetime | None


class NotificationRows(Schema):
    """A page of notices."""

    data: list[NotificationOut]
    next: str | None


class NoticeQuery(Paging):
    """What the list is narrowed to."""

    area: str = Field("", max_length=30)
    unread: bool = False


class CountersOut(Schema):
    """What waits in each area."""

    areas: dict[str, int]


class NotificationsReadIn(Input):
    """Which area is read; without one all of them."""

    area: str = Field("", max_length=30)


class ReadOut(Schema):
    """How many notices were marked."""

    read: int


def _out(row: queries.Row) -> dict:
    own = {name: getattr(row.notice, name) for name in ("id", "kind", "area", "key", "count", "at", "read_at")}
    said = row.wording
    client = None if row.gone else row.notice.client_id
    return {**own, "client": client, "title": said.title, "body": said.body, "href": said.href}


@operation(router, "GET", ALL, right=permissions.VIEW, answer=NotificationRows, summary="List your notifications")
def list_notices(request, query: Annotated[NoticeQuery, Query(...)]):
    """What you were told, what happened last first."""
    found = queries.notices(
        request.actor, area=query.area, unread=query.unread, after=query.after, limit=query.limit
    )  # fmt: skip
    return answer({"data": [_out(row) for row in found.rows], "next": found.after})


@operation(router, "GET", "/notification-counters", right=permissions.VIEW, answer=CountersOut, summary="Count them")
def count_notices(request):
    """Unread notifications by area."""
    return answer({"areas": queries.counters(request.actor)})


@operation(router, "POST", ALL + "/read", right=permissions.READ, answer=ReadOut, summary="Mark all as read")
def read_all(request, body: NotificationsReadIn):
    """All of them, or those of an area."""
    return answer({"read": actions.read_all(request.actor, body.area)})


@operation(
    router, "POST", ONE + "/read", right=permissions.READ, obj="notice", answer=NotificationOut,
    summary="Mark one as read",
)  # fmt: skip
def read_notice(request, notice_id: UUID):
    """Nothing happens to one that is read already."""
    actions.read_notice(request.actor, access.get_notice(request.actor, notice_id))
    return answer(_out(queries.row(access.get_notice(request.actor, notice_id), request.actor)))

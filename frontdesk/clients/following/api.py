"""REST: following clients."""

from typing import Annotated, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input, Paging, Schema

from .. import access, permissions
from . import actions, queries

router = Router(tags=["Clients"])
FOLLOW = "/clients/{uuid:client_id}/follow"
Kind = Literal["tasks", "chat", "calendar"]


class FollowIn(Input):
    """What you follow of a client: tasks, chat, calendar; none of them ends it."""

    follow: list[Kind] = Field(max_length=3)


class FollowOut(Schema):
    """What you follow of a client."""

    follow: list[str]


class FollowedOut(FollowOut):
    """A client whom you follow."""

    client: UUID
    name: str


class FollowedRows(Schema):
    """The clients whom you follow, by name."""

    data: list[FollowedOut]
    next: str | None


class FollowManyIn(Input):
    """Clients whom you follow as well."""

    clients: list[UUID] = Field(max_length=1000)
    follow: list[Kind] = Field(min_length=1, max_length=3)


class FollowManyOut(Schema):
    """How many you follow now."""

    count: int


@operation(
    router, "GET", FOLLOW, right=permissions.FOLLOW, obj="client", answer=FollowOut, summary="See what you follow"
)  # fmt: skip
def show_follow(request, client_id: UUID):
    """What you are told of a client."""
    client = access.get_client(request.actor, client_id)
    return answer({"follow": sorted(queries.follows(request.actor.id, client.pk))})


@operation(
    router, "PUT", FOLLOW, right=permissions.FOLLOW, obj="client", answer=FollowOut, summary="Follow a client"
)  # fmt: skip
def follow(request, client_id: UUID, body: FollowIn):
    """What is not named is not followed any more."""
    client = access.get_client(request.actor, client_id)
    return answer({"follow": sorted(actions.follow(request.actor, client, body.follow))})


@operation(
    router, "GET", "/me/followed-clients", right=permissions.FOLLOW, answer=FollowedRows, summary="List whom you follow"
)  # fmt: skip
def list_followed(request, query: Annotated[Paging, Query(...)]):
    """The clients whom you follow, with what."""
    found = queries.followed(request.actor, after=query.after, limit=query.limit)
    rows = [{"client": client.pk, "name": client.name, "follow": kinds} for client, kinds in found.rows]
    return answer({"data": rows, "next": found.after})


@operation(
    router, "POST", "/me/followed-clients", right=permissions.FOLLOW, answer=FollowManyOut, summary="Follow many"
)  # fmt: skip
def follow_many(request, body: FollowManyIn):
    """What you follow already stays."""
    return answer({"count": actions.follow_many(request.actor, body.clients, body.follow)})

"""REST: guests of a client; the portal's operations use the same shapes."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Router
from pydantic import Field

from frontdesk.core.rest.answers import answer, answer_once, no_content
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input, Schema

from .. import access, actions, queries
from ..models import Client
from ..permissions import GUESTS, VIEW

router = Router(tags=["Clients"])
ALL = "/clients/{uuid:client_id}/guests"
ONE = ALL + "/{uuid:member_id}"
Line = Annotated[str, Field(max_length=400)]


class GuestIn(Input):
    """A new guest: invited by mail or link to `email`, or opened with `username` and a temporary password."""

    name: Line
    method: Literal["mail", "link", "password"] = "mail"
    email: Line = ""
    username: Line = ""


class GuestOut(Schema):
    """Somebody who takes part; `state` is active, inactive, pending or expired (invitation), or none."""

    member_id: UUID
    name: str
    email: str
    state: Literal["active", "inactive", "pending", "expired", "registered", "none"]
    since: datetime


class GuestMade(GuestOut):
    """A guest with what is shown only this once."""

    link: str = ""
    password: str = ""
    login: str = ""


class GuestLink(Schema):
    """A registration link, shown only this once."""

    link: str


class GuestRows(Schema):
    """All guests, the first invited first."""

    data: list[GuestOut]


def shown(guest: queries.Guest) -> dict:
    """A GuestOut."""
    member = guest.member
    return {
        "member_id": member.pk, "name": member.name, "email": member.email, "state": guest.state, "since": guest.since,
    }  # fmt: skip


def rows(actor, client: Client) -> dict:
    """GuestRows."""
    return {"data": [shown(guest) for guest in queries.guests_of(actor, client)]}


def one(actor, client: Client, member_id: UUID) -> dict:
    """GuestOut of one of them."""
    return next(row for row in rows(actor, client)["data"] if row["member_id"] == member_id)


def add(actor, client: Client, body: GuestIn):
    """The answer with a new guest."""
    member, once = actions.add_guest(actor, client, actions.GuestInput(**body.model_dump()))
    return (answer_once if once else answer)({**one(actor, client, member.pk), **once}, 201)


@operation(router, "GET", ALL, right=VIEW, obj="client", answer=GuestRows, summary="List guests")
def list_guests(request, client_id: UUID):
    """Who takes part with a client as a guest."""
    return answer(rows(request.actor, access.get_client(request.actor, client_id)))


@operation(
    router, "POST", ALL, right=GUESTS, obj="client", answer=GuestMade, status=201, summary="Add a guest"
)  # fmt: skip
def add_guest(request, client_id: UUID, body: GuestIn):
    """Invite a guest or open their sign-in; 409 until a co-worker is assigned."""
    return add(request.actor, access.get_client(request.actor, client_id, GUESTS), body)


@operation(
    router, "POST", ONE + "/invitation", right=GUESTS, obj="guest", answer=GuestOut, summary="Invite a guest again"
)  # fmt: skip
def invite_again(request, client_id: UUID, member_id: UUID):
    """Send a new invitation; earlier ones end."""
    client = access.get_client(request.actor, client_id, GUESTS)
    actions.invite_guest_again(request.actor, client, member_id)
    return answer(one(request.actor, client, member_id))


@operation(router, "POST", ONE + "/link", right=GUESTS, obj="guest", answer=GuestLink, summary="Make a guest's link")
def link(request, client_id: UUID, member_id: UUID):
    """A registration link to hand over; earlier ones end."""
    client = access.get_client(request.actor, client_id, GUESTS)
    return answer_once({"link": actions.guest_link(request.actor, client, member_id)})


@operation(
    router, "POST", ONE + "/deactivate", right=GUESTS, obj="guest", answer=GuestOut, summary="Switch a guest off"
)
def deactivate(request, client_id: UUID, member_id: UUID):
    """End a guest's access at once."""
    client = access.get_client(request.actor, client_id, GUESTS)
    actions.switch_guest_off(request.actor, client, member_id)
    return answer(one(request.actor, client, member_id))


@operation(router, "POST", ONE + "/activate", right=GUESTS, obj="guest", answer=GuestOut, summary="Switch a guest on")
def activate(request, client_id: UUID, member_id: UUID):
    """Give a guest their access back."""
    client = access.get_client(request.actor, client_id, GUESTS)
    actions.switch_guest_on(request.actor, client, member_id)
    return answer(one(request.actor, client, member_id))


@operation(router, "DELETE", ONE, right=GUESTS, obj="guest", status=204, summary="Remove a guest")
def remove(request, client_id: UUID, member_id: UUID):
    """End that somebody takes part, and their sign-in or invitation with it."""
    actions.remove_guest(request.actor, access.get_client(request.actor, client_id, GUESTS), member_id)
    return no_content()

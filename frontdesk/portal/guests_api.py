"""REST: a client's own guests."""

from uuid import UUID

from ninja import Router

from frontdesk.clients import actions
from frontdesk.clients.access import get_client
from frontdesk.clients.api import guests
from frontdesk.clients.permissions import PORTAL_GUESTS
from frontdesk.core.rest.answers import answer, answer_once, no_content
from frontdesk.core.rest.operation import operation

router = Router(tags=["Portal"])
ALL = "/portal/clients/{uuid:client_id}/guests"
ONE = ALL + "/{uuid:member_id}"


@operation(router, "GET", ALL, right=PORTAL_GUESTS, obj="client", answer=guests.GuestRows, summary="List own guests")
def own_list_guests(request, client_id: UUID):
    """Who takes part with a client as a guest."""
    return answer(guests.rows(request.actor, get_client(request.actor, client_id, PORTAL_GUESTS)))


@operation(
    router, "POST", ALL, right=PORTAL_GUESTS, obj="client", answer=guests.GuestMade, status=201,
    summary="Add an own guest",
)  # fmt: skip
def own_add_guest(request, client_id: UUID, body: guests.GuestIn):
    """Invite a guest or open their sign-in; 409 until a co-worker is assigned."""
    return guests.add(request.actor, get_client(request.actor, client_id, PORTAL_GUESTS), body)


@operation(
    router, "POST", ONE + "/invitation", right=PORTAL_GUESTS, obj="guest", answer=guests.GuestOut,
    summary="Invite an own guest again",
)  # fmt: skip
def own_invite_again(request, client_id: UUID, member_id: UUID):
    """Send a new invitation; earlier ones end."""
    client = get_client(request.actor, client_id, PORTAL_GUESTS)
    actions.invite_guest_again(request.actor, client, member_id)
    return answer(guests.one(request.actor, client, member_id))


@operation(
    router,
    "POST",
    ONE + "/link",
    right=PORTAL_GUESTS,
    obj="guest",
    answer=guests.GuestLink,
    summary="Make an own guest's link",
)
def own_link(request, client_id: UUID, member_id: UUID):
    """A registration link to hand over; earlier ones end."""
    client = get_client(request.actor, client_id, PORTAL_GUESTS)
    return answer_once({"link": actions.guest_link(request.actor, client, member_id)})


@operation(
    router,
    "POST",
    ONE + "/deactivate",
    right=PORTAL_GUESTS,
    obj="guest",
    answer=guests.GuestOut,
    summary="Switch an own guest off",
)
def own_deactivate(request, client_id: UUID, member_id: UUID):
    """End a guest's access at once."""
    client = get_client(request.actor, client_id, PORTAL_GUESTS)
    actions.switch_guest_off(request.actor, client, member_id)
    return answer(guests.one(request.actor, client, member_id))


@operation(
    router,
    "POST",
    ONE + "/activate",
    right=PORTAL_GUESTS,
    obj="guest",
    answer=guests.GuestOut,
    summary="Switch an own guest on",
)
def own_activate(request, client_id: UUID, member_id: UUID):
    """Give a guest their access back."""
    client = get_client(request.actor, client_id, PORTAL_GUESTS)
    actions.switch_guest_on(request.actor, client, member_id)
    return answer(guests.one(request.actor, client, member_id))


@operation(
    router, "DELETE", ONE, right=PORTAL_GUESTS, obj="guest", status=204,
    summary="Remove an own guest",
)  # fmt: skip
def own_remove(request, client_id: UUID, member_id: UUID):
    """End that somebody takes part, and their sign-in or invitation with it."""
    actions.remove_guest(request.actor, get_client(request.actor, client_id, PORTAL_GUESTS), member_id)
    return no_content()

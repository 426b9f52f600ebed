"""What the pages of messages have in common."""

from django.http import HttpResponse
from django.shortcuts import render

from frontdesk.accounts.models import Role
from frontdesk.core.tenancy.prepared import Prepared

from .. import actions, permissions, queries
from ..access import open_clients
from ..kinds import thread_kinds
from ..models import Room
from ..rooms.opening import client_rooms

ALL, MINE, PAGE = "all", "", "messaging:thread"
# Asked on every page of messages.
COMPANY = Prepared(lambda: Room.objects.filter(kind=Room.Kind.COMPANY).values_list("pk"))


def here(actor) -> str:
    """The key of the navigation entry."""
    return "portal-messages" if actor.is_portal else "messages"


def show(request, template: str, context: dict, status: int = 200) -> HttpResponse:
    """A page of messages in the shell of whoever reads it."""
    shell = "ui/portal.html" if request.actor.is_portal else "ui/app.html"
    return render(
        request, f"messaging/{template}", {"here": here(request.actor), "layout": shell, **context}, status=status
    )


def listed(request) -> dict:
    """The list of rooms that stands beside a thread: `tab` is all for everything that an admin may read."""
    actor = request.actor
    if actor.viewer is None:
        _ensure_rooms(actor)
    tab = ALL if request.GET.get("show") == ALL and actor.may(permissions.OVERSEE) else MINE
    found = queries.rooms(actor, everything=tab == ALL, after=request.GET.get("rooms", ""))
    return {"tab": tab, "rooms": found}


def _ensure_rooms(actor) -> None:
    """The rooms that everybody has from the beginning, for an account from before there were any."""
    if actor.is_team:
        if not COMPANY():
            actions.company_room(actor)
        return
    client_rooms([client.pk for client in queries.own_clients(actor)])
    if actor.role == Role.CLIENT:
        for kind in thread_kinds:
            if kind.begin:
                kind.begin(open_clients(actor))

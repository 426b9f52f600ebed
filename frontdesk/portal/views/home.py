"""Where a client or guest arrives, and who serves them."""

from django.shortcuts import redirect, render

from frontdesk.clients import queries
from frontdesk.clients.access import clients_for, get_client
from frontdesk.clients.options import withheld
from frontdesk.clients.permissions import DETAILS, PORTAL_AVAILABILITY, PORTAL_FILES, PORTAL_VIEW
from frontdesk.core import paging
from frontdesk.core.errors import Missing
from frontdesk.core.http import page
from frontdesk.ui.formats import greeting

from ..shell import NAMED, address_of, frame
from ..team import team_of
from ..welcome import to_do


@page(PORTAL_VIEW)
def enter(request, section):
    """Go to the page of the actor's only client, or let them choose whose they mean."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    own = clients_for(request.actor).only(*NAMED, "sort_key")
    found = paging.page(own, ["sort_key", "id"], after=after, before=before)
    if not found.rows:
        raise Missing("client")
    choices = [(row, address_of(request.actor, row, section)) for row in found.rows]
    if len(choices) == 1 and not after and not before:
        return redirect(choices[0][1])
    context = {"here": section, "greeting": greeting(request.actor.name), "choices": choices, "page": found}
    return render(request, "portal/choose.html", context)


def _own(actor, client) -> dict:
    """What only the client itself sees on the home page, as far as it may."""
    if not actor.may(DETAILS):
        return {"guest": True}
    contacts = None if withheld(actor, client, DETAILS) else queries.contacts_of(client)
    week = None if withheld(actor, client, PORTAL_AVAILABILITY) else queries.availability_of(client)
    own = {"contacts": contacts, "week": week, "to_do": to_do(client, contacts, week)}
    return own | {"has_files": not withheld(actor, client, PORTAL_FILES)}


@page(PORTAL_VIEW, obj="client")
def home(request, client_id):
    """Welcome, what there is to do, who serves the client, and their own details."""
    client = get_client(request.actor, client_id)
    team = team_of(request.actor, client)
    context = {"greeting": greeting(request.actor.name), "team": team, **_own(request.actor, client)}
    return render(request, "portal/home.html", frame(request.actor, client, "portal-home", **context))


@page(PORTAL_VIEW, obj="client")
def team(request, client_id):
    """The co-workers who serve the client, with their contact details."""
    client = get_client(request.actor, client_id)
    context = frame(request.actor, client, "portal-team", team=team_of(request.actor, client))
    return render(request, "portal/team.html", context)

"""A client's own guests."""

from django.shortcuts import redirect, render

from frontdesk.clients import actions, queries
from frontdesk.clients.access import get_client, get_guest
from frontdesk.clients.forms import GuestForm
from frontdesk.clients.permissions import PORTAL_GUESTS
from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.ui.flash import flash, flash_refusal

from ..shell import frame


def _guests_page(request, client, form=None, once: dict | None = None, status: int = 200):
    context = frame(
        request.actor, client, "portal-guests", guests=queries.guests_of(request.actor, client),
        why_not=actions.why_no_guests(client), guest_form=form or GuestForm(), once=once or {},
    )  # fmt: skip
    response = render(request, "portal/guests.html", context, status=status)
    if once:
        response.headers["Cache-Control"] = "no-store"
    return response


@page(PORTAL_GUESTS, obj="client")
def guests(request, client_id):
    """Who takes part as the client's guest."""
    return _guests_page(request, get_client(request.actor, client_id, PORTAL_GUESTS))


@page(PORTAL_GUESTS, obj="client", methods=("POST",))
def guest_add(request, client_id):
    """Make somebody a guest; a link or password is shown once."""
    client = get_client(request.actor, client_id, PORTAL_GUESTS)
    form = GuestForm(request.POST)
    added = form.add(request.actor, client)
    if added is None:
        return _guests_page(request, client, form, status=422)
    if len(added) > 1:
        return _guests_page(request, client, once=added)
    flash(request, actions.guest_added(added["member"]))
    return redirect("portal:client_guests", client.pk)


@page(PORTAL_GUESTS, obj="guest", methods=("POST",))
def guest(request, client_id, member_id):
    """Invite again, show a link, switch off or on, or remove."""
    client = get_client(request.actor, client_id, PORTAL_GUESTS)
    get_guest(request.actor, client, member_id)
    try:
        done = actions.do_with_guest(request.actor, client, member_id, request.POST.get("do", ""))
    except Invalid as refused:
        flash_refusal(request, refused)
        return redirect("portal:client_guests", client.pk)
    if "link" in done:
        return _guests_page(request, client, once=done)
    flash(request, done["said"])
    return redirect("portal:client_guests", client.pk)

"""Who takes part with a client as a guest; for a group, all who take part."""

from django.shortcuts import render

from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.ui.flash import flash, flash_refusal

from .. import access, actions, permissions, queries
from ..forms import GuestForm
from ..models import Kind
from .pages import back_to, frame


def _guests_page(request, client, form=None, once: dict | None = None, status: int = 200):
    tab = "members" if client.kind == Kind.GROUP else "guests"
    context = frame(request, client, tab) | {
        "guests": queries.guests_of(request.actor, client),
        "why_not": actions.why_no_guests(client),
        "guest_form": form or GuestForm(),
        "once": once or {},
    }
    response = render(request, "clients/guests.html", context, status=status)
    if once:
        response.headers["Cache-Control"] = "no-store"
    return response


@page(permissions.VIEW, obj="client")
def guests(request, client_id):
    """The guests of a client, and for a group those who serve it too."""
    return _guests_page(request, access.get_client(request.actor, client_id))


@page(permissions.GUESTS, obj="client", methods=("POST",))
def guest_add(request, client_id):
    """Make somebody a guest; a link or password is shown once."""
    client = access.get_client(request.actor, client_id, permissions.GUESTS)
    form = GuestForm(request.POST)
    added = form.add(request.actor, client)
    if added is None:
        return _guests_page(request, client, form, status=422)
    if len(added) > 1:
        return _guests_page(request, client, once=added)
    flash(request, actions.guest_added(added["member"]))
    return back_to(client, "guests")


@page(permissions.GUESTS, obj="guest", methods=("POST",))
def guest(request, client_id, member_id):
    """Invite again, show a link, switch off or on, or remove."""
    client = access.get_client(request.actor, client_id, permissions.GUESTS)
    access.get_guest(request.actor, client, member_id)
    try:
        done = actions.do_with_guest(request.actor, client, member_id, request.POST.get("do", ""))
    except Invalid as refused:
        flash_refusal(request, refused)
        return back_to(client, "guests")
    if "link" in done:
        return _guests_page(request, client, once=done)
    flash(request, done["said"])
    return back_to(client, "guests")

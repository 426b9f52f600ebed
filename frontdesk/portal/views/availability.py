"""When a client can be served, told by the client."""

from django.shortcuts import redirect, render

from frontdesk.clients import actions, queries, week
from frontdesk.clients.access import get_client
from frontdesk.clients.forms import parse_availability
from frontdesk.clients.permissions import PORTAL_SET_AVAILABILITY
from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from ..shell import frame


def _editor(request, client, days: list[list[dict]], *, errors: dict | None = None, unsaved: bool = False):
    context = frame(request.actor, client, "portal-availability", week=days, errors=errors or {}, unsaved=unsaved)
    return render(request, "portal/availability.html", context, status=422 if errors else 200)


@page(PORTAL_SET_AVAILABILITY, obj="client", methods=("GET", "POST"))
def availability(request, client_id):
    """The weekly times, to see and to change; only Save saves, the editor's other buttons change what is shown."""
    client = get_client(request.actor, client_id, PORTAL_SET_AVAILABILITY)
    if request.method != "POST":
        return _editor(request, client, week.shown(queries.availability_of(client)))
    typed = week.typed(request.POST)
    changed = week.pressed(typed, request.POST)
    if changed is not None:
        return _editor(request, client, changed, unsaved=True)
    try:
        actions.set_availability(request.actor, client, parse_availability(request.POST))
    except Invalid as refused:
        return _editor(request, client, typed, errors=refused.errors)
    flash(request, _("Your times are saved."))
    return redirect("portal:client_availability", client.pk)

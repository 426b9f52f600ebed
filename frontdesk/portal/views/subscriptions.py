"""Which messages a client gets, chosen by the client."""

from django.shortcuts import redirect, render

from frontdesk.clients.access import get_client
from frontdesk.clients.permissions import PORTAL_SUBSCRIPTIONS
from frontdesk.clients.subscriptions.actions import choose
from frontdesk.clients.subscriptions.rule import WHAT, states_of
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from ..shell import frame


@page(PORTAL_SUBSCRIPTIONS, obj="client", methods=("GET", "POST"))
def subscriptions(request, client_id):
    """The kinds of messages with what is chosen, to see and to change."""
    client = get_client(request.actor, client_id, PORTAL_SUBSCRIPTIONS)
    if request.method == "POST":
        choose(request.actor, client, set(request.POST.getlist("messages")))
        flash(request, _("Saved."))
        return redirect("portal:client_subscriptions", client.pk)
    context = frame(request.actor, client, "portal-subscriptions", states=states_of(client), what=WHAT)
    return render(request, "portal/subscriptions.html", context)

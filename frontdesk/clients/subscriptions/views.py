"""A client's subscriptions on its record."""

from django.shortcuts import redirect, render
from django.urls import reverse

from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash, flash_refusal
from frontdesk.undo.registry import change_kinds

from .. import access, permissions
from ..views.pages import frame
from . import actions, queries, rule
from .rule import KINDS, Kind

EVERYTHING = "all"


def kinds_pressed(value: str) -> tuple[Kind, ...]:
    """The kinds of a pressed button; raises Invalid."""
    return KINDS if value == EVERYTHING else actions.clean_kinds([value])


@page(permissions.VIEW, obj="client")
def subscriptions(request, client_id):
    """What a client gets, and everything that happened to it."""
    client = access.get_client(request.actor, client_id)
    states = rule.states_of(client)
    context = frame(request, client, "subscriptions") | {
        "states": states,
        "found": queries.events_of(client, after=request.GET.get("after", "")),
        "what": rule.WHAT,
        "any_on": any(state.subscribed for state in states),
        "any_off": not all(state.subscribed for state in states),
    }
    return render(request, "clients/subscriptions/client.html", context)


@page(permissions.EDIT, obj="client", methods=("POST",))
def change(request, client_id):
    """Unsubscribe a client (`stop`) or subscribe it again (`again`), with a way back."""
    client = access.get_client(request.actor, client_id, permissions.EDIT)
    verb, name = (actions.resubscribe, "again") if "again" in request.POST else (actions.unsubscribe, "stop")
    try:
        done = verb(request.actor, client, kinds_pressed(request.POST.get(name, "")))
    except Invalid as refused:
        flash_refusal(request, refused)
    else:
        if done:
            flash(request, change_kinds[done.kind].describe(done), undo=reverse("undo:undo", args=[done.pk]))
        else:
            flash(request, _("There was nothing to change."), level="info")
    return redirect("clients:subscriptions", client.pk)

"""The pages of times: the account's in the settings, a client's on its record."""

from django.shortcuts import redirect, render

from frontdesk.activity.settings_layout import pages_of
from frontdesk.core.errors import Invalid
from frontdesk.core.forms import show_refusal
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from .. import access, permissions
from ..views.pages import frame
from . import actions
from .forms import TimesForm


def _saved(request, client, form: TimesForm) -> bool:
    if not form.is_bound or not form.is_valid():
        return False
    try:
        actions.set_times(request.actor, client, form.typed())
    except Invalid as refused:
        show_refusal(form, refused)
        return False
    flash(request, _("Saved."))
    return True


@page(permissions.SLA, methods=("GET", "POST"))
def account_times(request):
    """The times that count where a client has none of its own."""
    form = TimesForm(request.POST if request.method == "POST" else None, times=actions.times_of(None))
    if _saved(request, None, form):
        return redirect("clients:sla")
    context = {"here": "settings", "section": "sla", "settings_pages": pages_of(request.actor), "form": form}
    return render(request, "clients/sla/account.html", context, status=422 if form.is_bound else 200)


def _client_page(request, client, data=None):
    default = actions.times_of(None)
    form = TimesForm(data, times=actions.times_of(client), default=default)
    if _saved(request, client, form):
        return redirect("clients:client_sla", client.pk)
    context = frame(request, client, "sla") | {"form": form}
    return render(request, "clients/sla/client.html", context, status=422 if form.is_bound else 200)


@page(permissions.VIEW, obj="client")
def client_times(request, client_id):
    """A client's own times, and the account's beside."""
    return _client_page(request, access.get_client(request.actor, client_id))


@page(permissions.EDIT, obj="client", methods=("POST",))
def client_times_save(request, client_id):
    """Agree on other times with a client."""
    return _client_page(request, access.get_client(request.actor, client_id, permissions.EDIT), request.POST)

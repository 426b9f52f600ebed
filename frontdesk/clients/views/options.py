"""What clients may do in the portal: all of them, and one."""

from django.shortcuts import redirect, render

from frontdesk.accounts.permissions import ACCOUNT_EDIT
from frontdesk.activity.settings_layout import pages_of
from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.core.options import choices, posted_for_all, posted_for_one
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash, flash_refusal

from .. import access, actions, permissions
from ..options import portal_options
from .pages import back_to


@page(ACCOUNT_EDIT, methods=("GET", "POST"))
def portal_settings(request):
    """What all clients may do unless something else was chosen for one."""
    if request.method == "POST":
        actions.set_portal_options(request.actor, posted_for_all(request.POST, portal_options))
        flash(request, _("Saved."))
        return redirect("client_settings:portal")
    context = {
        "here": "settings",
        "section": "portal",
        "settings_pages": pages_of(request.actor),
        "choices": choices(portal_options, request.actor.account.portal_options),
    }
    return render(request, "clients/portal_settings.html", context)


@page(permissions.INVITE, obj="client", methods=("POST",))
def client_options(request, client_id):
    """What one client may do."""
    client = access.get_client(request.actor, client_id, permissions.INVITE)
    try:
        actions.set_client_options(request.actor, client, posted_for_one(request.POST, portal_options))
        flash(request, _("Saved."))
    except Invalid as refused:
        flash_refusal(request, refused)
    return back_to(client, "portal")

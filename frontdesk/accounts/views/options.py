"""What co-workers may do beyond their role: all of them, and one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdesk.activity.settings_layout import pages_of
from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.core.options import choices, posted_for_all, posted_for_one
from frontdesk.core.permissions import capabilities
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash, flash_refusal

from .. import access, actions, permissions


@page(permissions.ACCOUNT_EDIT, methods=("GET", "POST"))
def team_options(request) -> HttpResponse:
    """What all co-workers may do unless something else was chosen for one."""
    if request.method == "POST":
        actions.set_team_options(request.actor, posted_for_all(request.POST, capabilities))
        flash(request, _("Saved."))
        return redirect("accounts:team_options")
    context = {
        "here": "settings", "section": "team", "settings_pages": pages_of(request.actor),
        "choices": choices(capabilities, request.actor.account.team_options),
    }  # fmt: skip
    return render(request, "accounts/team_options.html", context)


@page(permissions.MANAGE, obj="member", methods=("POST",))
def member_options(request, member_id: UUID) -> HttpResponse:
    """What one co-worker may do."""
    found = access.get_member(request.actor, member_id)
    try:
        actions.set_member_options(request.actor, found, posted_for_one(request.POST, capabilities))
    except Invalid as refused:
        flash_refusal(request, refused)
    else:
        flash(request, _("Saved."))
    return redirect("accounts:member", found.pk)

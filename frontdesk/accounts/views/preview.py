"""Looking at the pages of somebody else, and back."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from frontdesk.core.errors import Conflict
from frontdesk.core.http import SIGNED_IN, page
from frontdesk.ui.flash import flash

from .. import access, actions, permissions, preview


@page(permissions.SEE_AS, obj="member", methods=("POST",))
def see_as(request, member_id: UUID) -> HttpResponse:
    """See what a person sees, beginning at their home page."""
    found = access.get_member(request.actor, member_id)
    try:
        actions.see_as(request.actor, found, request.session)
    except Conflict as conflict:
        flash(request, " ".join(conflict.errors[""]), level="error")
        return redirect("accounts:member", found.pk)
    return redirect("accounts:home")


@page(SIGNED_IN, methods=("POST",))
def see_as_end(request) -> HttpResponse:
    """Back to one's own pages, to that of the person."""
    seen = preview.end(request.session)
    return redirect("accounts:member", seen) if seen else redirect("accounts:home")

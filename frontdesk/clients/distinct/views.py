"""The page of likely duplicates."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from .. import permissions
from . import actions, finding


@page(permissions.MERGE)
def likely(request) -> HttpResponse:
    """Groups of clients that are likely the same, some at a time."""
    after = request.GET.get("after", "")[:500]
    found = finding.likely(request.actor, after, limit=20)
    return render(request, "clients/distinct/likely.html", {"here": "clients", "found": found, "after": after})


@page(permissions.MERGE, methods=("POST",))
def tell_apart(request) -> HttpResponse:
    """Say that clients are not the same, with a way back."""
    try:
        change = actions.tell_apart(request.actor, [UUID(value) for value in request.POST.getlist("clients")[:100]])
    except (ValueError, Invalid):
        flash(request, _("They are not there any more, or not two."), level="error")
    else:
        flash(request, _("They are not shown as duplicates again."), undo=reverse("undo:undo", args=[change.pk]))
    return redirect("clients:likely")

"""Being away: one's own page, and that of a colleague for admins."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash
from frontdesk.ui.formats import moment

from .. import access, actions, permissions, queries
from ..forms.away import AwayForm
from ..middleware import zone_of
from ..models import Member
from .going import back


def _said(member: Member, own: bool) -> str:
    values = {"name": member.name, "date": moment(member.away_from)}
    if member.will_be_away():
        return _("You are away from %(date)s.", **values) if own else _("%(name)s is away from %(date)s.", **values)
    return _("You are away now.") if own else _("%(name)s is away now.", **values)


def _page(request, member: Member, after: str) -> HttpResponse:
    """Show the form, or set away and go to `after`."""
    access.require_away(request.actor, member)
    own = member.pk == request.actor.pk
    form = AwayForm(request.POST or None, member=member)
    if request.method == "POST" and form.run(
        lambda data: actions.set_away(request.actor, member, form.typed(data))
    ):  # fmt: skip
        flash(request, _said(member, own))
        return redirect(after)
    context = {
        "here": "profile" if own else "people", "section": "away", "member": member, "own": own, "form": form,
        "zone": zone_of(member).key, "deputy": queries.deputy_of(member),
        "set_already": member.is_away() or member.will_be_away(),
    }  # fmt: skip
    return render(request, "accounts/away.html", context, status=422 if form.is_bound else 200)


@page(permissions.AWAY, methods=("GET", "POST"))
def away(request) -> HttpResponse:
    """One's own absence."""
    return _page(request, request.actor, reverse("accounts:away"))


@page(permissions.AWAY, methods=("POST",))
def away_end(request) -> HttpResponse:
    """Be back now, or stay after all."""
    actions.end_away(request.actor, request.actor)
    flash(request, _("You are back."))
    return back(request, reverse("accounts:away"))


@page(permissions.MANAGE, obj="member", methods=("GET", "POST"))
def member_away(request, member_id: UUID) -> HttpResponse:
    """The absence of a colleague."""
    found = access.get_member(request.actor, member_id)
    return _page(request, found, reverse("accounts:member", args=[found.pk]))


@page(permissions.MANAGE, obj="member", methods=("POST",))
def member_away_end(request, member_id: UUID) -> HttpResponse:
    """Say that a colleague is back."""
    found = access.get_member(request.actor, member_id)
    actions.end_away(request.actor, found)
    flash(request, _("%(name)s is back.", name=found.name))
    return redirect("accounts:member", found.pk)

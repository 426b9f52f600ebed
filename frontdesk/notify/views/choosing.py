"""The pages on which one chooses what one is told: one's own, those of others, and for everybody."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdesk.accounts.access import get_member
from frontdesk.accounts.models import Member
from frontdesk.activity.settings_layout import pages_of
from frontdesk.core.errors import Invalid
from frontdesk.core.forms import show_refusal
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from .. import access, actions, permissions, queries
from ..choices import Matrix, matrix_for_all, matrix_of, posted
from ..forms import TimesForm
from ..vapid import public_key
from ..wishes import zone_of


def _saved(request, form: TimesForm, matrix: Matrix, save: Callable) -> bool:
    """Whether what was sent is saved; otherwise the form says why."""
    if not form.is_valid():
        return False
    try:
        save(actions.PreferenceInput(choices=posted(request.POST, matrix), **form.values()))
    except Invalid as refused:
        show_refusal(form, refused)
        return False
    flash(request, _("Saved."))
    return True


def _page(request, matrix: Matrix, save: Callable, template: str, context: dict) -> HttpResponse:
    form = TimesForm(request.POST if request.method == "POST" else None, times=matrix.times)
    if form.is_bound and _saved(request, form, matrix, save):
        return redirect(request.path)
    ticked = set(request.POST) if form.is_bound else None
    shown = {"matrix": matrix, "form": form, "ticked": ticked, **context}
    return render(request, f"notify/{template}", shown, status=422 if form.is_bound else 200)


@page(permissions.CHOOSE, methods=("GET", "POST"))
def own(request) -> HttpResponse:
    """What one is told oneself."""
    actor = request.actor
    context = {
        "here": "profile", "section": "notifications", "zone": zone_of(actor).key, "push_key": public_key(),
        "devices": queries.devices(actor),
    }  # fmt: skip
    return _page(
        request, matrix_of(actor), lambda typed: actions.choose(actor, actor, typed), "preferences.html", context
    )


@page(permissions.OTHERS, obj="member", methods=("GET", "POST"))
def of_member(request, member_id: UUID) -> HttpResponse:
    """What somebody else is told."""
    member: Member = access.get_reader(request.actor, member_id)
    context = {"here": "people", "member": member, "zone": zone_of(member).key}
    return _page(
        request, matrix_of(member), lambda typed: actions.choose(request.actor, member, typed), "member.html", context
    )


@page(permissions.OTHERS, obj="member")
def panel(request, member_id: UUID) -> HttpResponse:
    """On a person's page: how they are notified, in short."""
    member = get_member(request.actor, member_id)
    matrix = matrix_of(member)
    pushed, mailed = (
        sum(cell.on for line in matrix.lines for cell in line.cells if cell.channel == one) for one in ("push", "mail")
    )
    context = {"member": member, "times": matrix.times, "pushed": pushed, "mailed": mailed}
    return render(request, "notify/member_panel.html", context)


@page(permissions.DEFAULTS, methods=("GET", "POST"))
def defaults(request) -> HttpResponse:
    """What everybody is told who chose nothing else."""
    context = {"here": "settings", "section": "notifications", "settings_pages": pages_of(request.actor)}
    return _page(
        request, matrix_for_all(), lambda typed: actions.choose_for_all(request.actor, typed), "defaults.html", context
    )

"""One person: profile, role, access, invitation, sign-in data."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from frontdesk.core.errors import Conflict
from frontdesk.core.http import page
from frontdesk.core.options import choices
from frontdesk.core.permissions import capabilities
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash
from frontdesk.ui.jinja import url_if

from .. import access, actions, mails, permissions, preview, queries
from ..forms.people import MemberForm, RoleForm, SignInDataForm
from ..models import Member
from ..registry import member_panels
from .going import back
from .people import show_once


def _panels(actor, member: Member) -> list[dict]:
    shown = [panel for panel in member_panels if panel.applies(actor, member) and url_if(panel.url_name, member.pk)]
    return [{"key": panel.key, "label": panel.label, "href": url_if(panel.url_name, member.pk)} for panel in shown]


def _render(request, member: Member, status: int = 200, **forms) -> HttpResponse:
    actor = request.actor
    manages = access.may_manage(actor, member)
    context = {
        "here": "people", "member": member, "person": queries.person(member), "mail": mails.configured(),
        "manages": manages, "own": member.pk == actor.pk, "panels": _panels(actor, member),
        "may_see_as": preview.may_see_as(actor, member),
        "choices": choices(capabilities, actor.account.team_options, member.options),
        "deputy": queries.deputy_of(member), "no_welcome": actions.why_no_welcome(member),
        "role_form": RoleForm(initial={"role": member.role}), "sign_in_form": SignInDataForm(), **forms,
    }  # fmt: skip
    return render(request, "accounts/member.html", context, status=status)


@page(permissions.VIEW, obj="member")
def member(request, member_id: UUID) -> HttpResponse:
    """A person's page."""
    return _render(request, access.get_member(request.actor, member_id))


@page(permissions.PORTAL_MANAGE, obj="member", methods=("GET", "POST"))
def member_edit(request, member_id: UUID) -> HttpResponse:
    """Name and phone."""
    found = access.get_member(request.actor, member_id)
    access.require_manage(request.actor, found)
    form = MemberForm(request.POST or None, member=found)
    if request.method == "POST" and form.run(lambda data: actions.change_member(request.actor, found, **data)):
        flash(request, _("Saved."))
        return redirect("accounts:member", found.pk)
    context = {"here": "people", "member": found, "form": form}
    return render(request, "accounts/member_edit.html", context, status=422 if form.is_bound else 200)


@page(permissions.MANAGE, obj="member", methods=("POST",))
def member_role(request, member_id: UUID) -> HttpResponse:
    """Another role of the team."""
    found = access.get_member(request.actor, member_id)
    form = RoleForm(request.POST)
    if form.run(lambda data: actions.change_role(request.actor, found, data["role"])):
        flash(request, _("The role is now %(role)s.", role=found.get_role_display()))
        return redirect("accounts:member", found.pk)
    return _render(request, found, 422, role_form=form)


def _do(request, member_id: UUID, verb, said: str) -> HttpResponse:
    """Do something to a member; a conflict is told on their page."""
    found = access.get_member(request.actor, member_id)
    try:
        verb(request.actor, found)
    except Conflict as conflict:
        said, level = " ".join(conflict.errors[""]), "error"
    else:
        level = "success"
    flash(request, said, level=level)
    return back(request, reverse("accounts:member", args=[found.pk]))


@page(permissions.PORTAL_MANAGE, obj="member", methods=("POST",))
def member_deactivate(request, member_id: UUID) -> HttpResponse:
    """End access at once."""
    return _do(request, member_id, actions.deactivate, _("Access is switched off; open sessions have ended."))


@page(permissions.PORTAL_MANAGE, obj="member", methods=("POST",))
def member_activate(request, member_id: UUID) -> HttpResponse:
    """Give access back."""
    return _do(request, member_id, actions.activate, _("Access is switched on."))


@page(permissions.PORTAL_MANAGE, obj="member", methods=("POST",))
def member_invite(request, member_id: UUID) -> HttpResponse:
    """A new invitation, in place of an expired one or where there was none."""
    return _do(request, member_id, actions.send_invitation, _("The invitation is on its way."))


@page(permissions.PORTAL_MANAGE, obj="member", methods=("POST",))
def member_welcome(request, member_id: UUID) -> HttpResponse:
    """The welcome, with a way in."""
    return _do(request, member_id, actions.send_welcome, _("The welcome is on its way."))


@page(permissions.PORTAL_MANAGE, obj="member", methods=("POST",))
def member_take_sign_in(request, member_id: UUID) -> HttpResponse:
    """Take sign-in data away."""
    return _do(request, member_id, actions.take_sign_in, _("Sign-in is taken away; open sessions have ended."))


@page(permissions.PORTAL_MANAGE, obj="member", methods=("POST",))
def member_take_factors(request, member_id: UUID) -> HttpResponse:
    """Take a lost second factor away."""
    return _do(
        request, member_id, actions.take_factors, _("The second factor is taken away; open sessions have ended.")
    )


@page(permissions.PORTAL_MANAGE, obj="member", methods=("POST",))
def member_link(request, member_id: UUID) -> HttpResponse:
    """A link to register, to hand over."""
    return _once(request, member_id, lambda actor, found: {"link": actions.issue_link(actor, found)})


@page(permissions.PORTAL_MANAGE, obj="member", methods=("POST",))
def member_password(request, member_id: UUID) -> HttpResponse:
    """A temporary password in place of the one they have."""
    return _once(request, member_id, _reset)


def _reset(actor, found: Member) -> dict:
    password = actions.reset_password(actor, found)
    return {"password": password, "login": found.user.username or found.user.email}


def _once(request, member_id: UUID, verb) -> HttpResponse:
    found = access.get_member(request.actor, member_id)
    try:
        return show_once(request, found, verb(request.actor, found))
    except Conflict as conflict:
        flash(request, " ".join(conflict.errors[""]), level="error")
        return redirect("accounts:member", found.pk)


@page(permissions.PORTAL_MANAGE, obj="member", methods=("POST",))
def member_sign_in(request, member_id: UUID) -> HttpResponse:
    """A username with a temporary password."""
    found = access.get_member(request.actor, member_id)
    form = SignInDataForm(request.POST)
    if form.run(lambda data: actions.give_sign_in(request.actor, found, username=data["username"])):
        return show_once(request, found, {"password": form.result, "login": found.user.username})
    return _render(request, found, 422, sign_in_form=form)


@page(permissions.PORTAL_MANAGE, obj="invitation", methods=("POST",))
def invitation_resend(request, invitation_id: UUID) -> HttpResponse:
    """The same invitation once more."""
    return _invitation(request, invitation_id, actions.resend, _("The invitation is on its way."))


@page(permissions.PORTAL_MANAGE, obj="invitation", methods=("POST",))
def invitation_withdraw(request, invitation_id: UUID) -> HttpResponse:
    """End an invitation."""
    return _invitation(request, invitation_id, actions.withdraw, _("The invitation is withdrawn."))


def _invitation(request, invitation_id: UUID, verb, said: str) -> HttpResponse:
    found = access.get_invitation(request.actor, invitation_id)
    return _do(request, found.member_id, lambda actor, _member: verb(actor, found), said)

"""Who signs in for a client, and its weekly availability."""

from django.shortcuts import render

from frontdesk.accounts import queries as people
from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash, flash_refusal

from .. import access, actions, options, permissions, queries, week
from ..forms import ShareForm, SignInForm, parse_availability
from .pages import back_to, frame, from_invalid


def _portal_context(request, client) -> dict:
    accesses = queries.accesses_of(client)
    states = people.invitation_states([row.member_id for row in accesses])
    return frame(request, client, "portal") | {
        "accesses": [(row, states.get(row.member_id)) for row in accesses],
        "why_not": actions.why_not_invited(client),
        "form": SignInForm(),
        "share_form": ShareForm(),
        "choices": options.choices_for(request.actor, client),
    }


@page(permissions.VIEW, obj="client")
def portal(request, client_id):
    """Who may sign in for the client."""
    client = access.get_client(request.actor, client_id)
    return render(request, "clients/portal.html", _portal_context(request, client))


def _invited(member) -> str:
    if member.user_id is None:
        return _("An invitation is on its way to %(email)s.", email=member.email)
    return _("%(email)s signs in already and now sees this record too.", email=member.email)


@page(permissions.INVITE, obj="client", methods=("POST",))
def invite(request, client_id):
    """Invite the primary contact."""
    client = access.get_client(request.actor, client_id, permissions.INVITE)
    try:
        member = actions.invite_client(request.actor, client)
    except Invalid as refused:
        flash_refusal(request, refused)
    else:
        flash(request, _invited(member))
    return back_to(client, "portal")


@page(permissions.INVITE, obj="access", methods=("POST",))
def resend(request, client_id, member_id):
    """Send the invitation again, or a new one when it has expired."""
    client = access.get_client(request.actor, client_id, permissions.INVITE)
    try:
        member = actions.invite_again(request.actor, client, member_id)
        flash(request, _("An invitation is on its way to %(email)s.", email=member.email))
    except Invalid as refused:
        flash_refusal(request, refused)
    return back_to(client, "portal")


@page(permissions.INVITE, obj="access", methods=("POST",))
def link(request, client_id, member_id):
    """A new registration link to hand over by other means, shown once."""
    client = access.get_client(request.actor, client_id, permissions.INVITE)
    context = _portal_context(request, client)
    try:
        context["link"] = actions.invitation_link(request.actor, client, member_id)
    except Invalid as refused:
        flash_refusal(request, refused)
        return back_to(client, "portal")
    return render(request, "clients/portal.html", context)


@page(permissions.INVITE, obj="client", methods=("POST",))
def sign_in(request, client_id):
    """Give the primary contact a username and a temporary password, shown once."""
    client = access.get_client(request.actor, client_id, permissions.INVITE)
    form = SignInForm(request.POST)
    temporary = None
    if form.is_valid():
        try:
            temporary = actions.open_sign_in(request.actor, client, form.cleaned_data["username"])
        except Invalid as refused:
            from_invalid(form, refused)
    context = _portal_context(request, client) | {"temporary": temporary, "username": form.data.get("username", "")}
    context["form"] = SignInForm() if temporary else form
    return render(request, "clients/portal.html", context, status=200 if temporary else 422)


@page(permissions.INVITE, obj="client", methods=("POST",))
def share(request, client_id):
    """Let somebody who signs in for another client sign in for this one too."""
    client = access.get_client(request.actor, client_id, permissions.INVITE)
    form = ShareForm(request.POST)
    if form.is_valid():
        try:
            member = actions.share_access(request.actor, client, form.cleaned_data["login"])
        except Invalid as refused:
            from_invalid(form, refused)
        else:
            flash(request, _("%(name)s now signs in here too.", name=member.name))
            return back_to(client, "portal")
    return render(request, "clients/portal.html", _portal_context(request, client) | {"share_form": form}, status=422)


@page(permissions.INVITE, obj="access", methods=("POST",))
def close(request, client_id, member_id):
    """Take a person's access away."""
    client = access.get_client(request.actor, client_id, permissions.INVITE)
    actions.close_access(request.actor, client, member_id)
    flash(request, _("Access was taken away."))
    return back_to(client, "portal")


@page(permissions.VIEW, obj="client")
def availability(request, client_id):
    """When the client can be served, by weekday."""
    client = access.get_client(request.actor, client_id)
    context = frame(request, client, "availability") | {"week": queries.availability_of(client)}
    return render(request, "clients/availability.html", context)


def _editor(request, client, days, *, errors: dict | None = None, unsaved: bool = False):
    context = {"here": "clients", "client": client, "week": days, "errors": errors or {}, "unsaved": unsaved}
    return render(request, "clients/availability_edit.html", context, status=422 if errors else 200)


@page(permissions.EDIT, obj="client", methods=("GET", "POST"))
def availability_edit(request, client_id):
    """Change when the client can be served; only Save saves, the editor's other buttons change what is shown."""
    client = access.get_client(request.actor, client_id, permissions.EDIT)
    if request.method != "POST":
        return _editor(request, client, week.shown(queries.availability_of(client)))
    typed = week.typed(request.POST)
    changed = week.pressed(typed, request.POST)
    if changed is not None:
        return _editor(request, client, changed, unsaved=True)
    try:
        actions.set_availability(request.actor, client, parse_availability(request.POST))
    except Invalid as refused:
        return _editor(request, client, typed, errors=refused.errors)
    flash(request, _("Saved."))
    return back_to(client, "availability")

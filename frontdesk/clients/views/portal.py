"""Who signs in for a client, and its weekly availability."""

from django.shortcuts import render

from frontdesk.accounts import queries as people
from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from .. import access, actions, permissions, queries
from ..forms import SignInForm, parse_availability, typed_availability
from .pages import back_to, frame, from_invalid, refused_flash


def _portal_context(request, client) -> dict:
    accesses = queries.accesses_of(client)
    states = people.invitation_states([row.member_id for row in accesses])
    return frame(request, client, "portal") | {
        "accesses": [(row, states.get(row.member_id)) for row in accesses],
        "why_not": actions.why_not_invited(client),
        "form": SignInForm(),
    }


@page(permissions.VIEW, obj="client")
def portal(request, client_id):
    """Who may sign in for the client."""
    client = access.get_client(request.actor, client_id)
    return render(request, "clients/portal.html", _portal_context(request, client))


@page(permissions.INVITE, obj="client", methods=("POST",))
def invite(request, client_id):
    """Invite the primary contact."""
    client = access.get_client(request.actor, client_id, permissions.INVITE)
    try:
        member = actions.invite_client(request.actor, client)
    except Invalid as refused:
        refused_flash(request, refused)
    else:
        sent = member.user_id is None
        text = _("An invitation is on its way to %(email)s.") if sent else _("%(email)s signs in already and now sees this record too.")
        flash(request, text.replace("%(email)s", member.email))
    return back_to(client, "portal")


@page(permissions.INVITE, obj="access", methods=("POST",))
def resend(request, client_id, member_id):
    """Send the invitation again, or a new one when it has expired."""
    client = access.get_client(request.actor, client_id, permissions.INVITE)
    try:
        member = actions.invite_again(request.actor, client, member_id)
        flash(request, _("An invitation is on its way to %(email)s.", email=member.email))
    except Invalid as refused:
        refused_flash(request, refused)
    return back_to(client, "portal")


@page(permissions.INVITE, obj="access", methods=("POST",))
def link(request, client_id, member_id):
    """A new registration link to hand over by other means, shown once."""
    client = access.get_client(request.actor, client_id, permissions.INVITE)
    context = _portal_context(request, client)
    try:
        context["link"] = actions.invitation_link(request.actor, client, member_id)
    except Invalid as refused:
        refused_flash(request, refused)
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


@page(permissions.EDIT, obj="client", methods=("GET", "POST"))
def availability_edit(request, client_id):
    """Change when the client can be served."""
    client = access.get_client(request.actor, client_id, permissions.EDIT)
    refused = None
    if request.method == "POST":
        try:
            actions.set_availability(request.actor, client, parse_availability(request.POST))
            flash(request, _("Saved."))
            return back_to(client, "availability")
        except Invalid as error:
            refused = error
    week = typed_availability(request.POST) if refused else queries.availability_of(client)
    context = {"here": "clients", "client": client, "week": week, "errors": refused.errors if refused else {}}
    return render(request, "clients/availability_edit.html", context, status=422 if refused else 200)

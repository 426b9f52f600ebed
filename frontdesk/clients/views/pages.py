"""A client's pages: timeline, contacts, availability, portal; and what is done there."""

from django.shortcuts import redirect, render
from django.urls import reverse

from frontdesk.accounts import queries as people
from frontdesk.activity import queries as activity
from frontdesk.core.errors import Conflict, Invalid
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash, flash_refusal

from .. import access, actions, permissions, queries
from ..custom import values as own
from ..deletion import reasons_against
from ..forms import DetailsForm, NoteForm, parse_identifiers, split_tags
from ..models import Client, Kind, Status
from ..tabs import tabs_of


def back_to(client: Client, tab: str = "show"):
    """Redirect to one of a client's pages."""
    return redirect(reverse(f"clients:{tab}", args=[client.pk]))


def frame(request, client: Client, tab: str) -> dict:
    """What every page of a client shows around its own content."""
    contacts = queries.contacts_of(client)
    return {
        "here": "clients",
        "client": client,
        "tab": tab,
        "tabs": tabs_of(request.actor, client),
        "contacts": contacts,
        "addresses": queries.with_addresses(client, contacts),
        "tags": queries.tags_of([client.pk]).get(client.pk, []),
        "serving": queries.serving_now(client),
        "statuses": Status.choices,
        "status_name": Status(client.status).label,
        "kind_name": Kind(client.kind).label,
    }


@page(permissions.VIEW, obj="client")
def show(request, client_id):
    """The client's page: who they are and everything that happened, newest first."""
    client = access.get_client(request.actor, client_id)
    context = frame(request, client, "timeline")
    context["timeline"] = activity.timeline(client.pk, after=request.GET.get("after", ""), formerly=client.formerly)
    context["custom"] = own.shown_all(own.fields_in_use(), client.custom)
    context["note_form"] = NoteForm()
    context["first_page"] = not request.GET.get("after")
    return render(request, "clients/show.html", context)


@page(permissions.EDIT, obj="client", methods=("GET", "POST"))
def edit(request, client_id):
    """Change a client's own fields."""
    client = access.get_client(request.actor, client_id, permissions.EDIT)
    form = DetailsForm.of(client, own.fields_in_use(), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_client(request.actor, client, form.changes())
        except Invalid as refused:
            from_invalid(form, refused)
        else:
            flash(request, _("Saved."))
            return back_to(client)
    status = 422 if request.method == "POST" else 200
    return render(request, "clients/edit.html", {"here": "clients", "client": client, "form": form}, status=status)


def from_invalid(form, refused: Invalid) -> None:
    """Show a refusal at the fields of a simple form."""
    for field, reasons in refused.errors.items():
        for reason in reasons:
            form.add_error(field if field in form.fields else None, str(reason))


@page(permissions.EDIT, obj="client", methods=("POST",))
def status(request, client_id):
    """Make a client active, inactive or a prospect, with a way back."""
    client = access.get_client(request.actor, client_id, permissions.EDIT)
    before = client.status
    try:
        actions.set_status(request.actor, client, request.POST.get("status") or request.GET.get("status", ""))
    except Invalid as refused:
        flash_refusal(request, refused)
    else:
        undo = reverse("clients:status", args=[client.pk]) + f"?status={before}"
        said = _("%(name)s is now: %(status)s.", name=client.name, status=client.get_status_display())
        flash(request, said, undo=undo)
    return back_to(client)


@page(permissions.EDIT, obj="client", methods=("POST",))
def tags(request, client_id):
    """Set a client's tags."""
    client = access.get_client(request.actor, client_id, permissions.EDIT)
    try:
        actions.set_tags(request.actor, client, split_tags(request.POST.get("tags", "")))
    except Invalid as refused:
        flash_refusal(request, refused)
    return back_to(client)


@page(permissions.ASSIGN, obj="client", methods=("GET", "POST"))
def team(request, client_id):
    """Choose who serves a client."""
    client = access.get_client(request.actor, client_id, permissions.ASSIGN)
    present = {row["id"] for row in queries.team_of([client.pk]).get(client.pk, [])}
    if request.method == "POST":
        try:
            chosen = set(parse_identifiers(request.POST.getlist("members"), "members"))
            actions.set_team(request.actor, client, chosen)
        except Invalid as refused:
            flash_refusal(request, refused)
        return back_to(client)
    context = {"here": "clients", "client": client, "team": people.team(request.actor.account), "present": present}
    return render(request, "clients/team.html", context)


@page(permissions.DELETE, obj="client", methods=("GET", "POST"))
def delete(request, client_id):
    """Delete a client, or say what stands in the way and offer inactive or prospect."""
    client = access.get_client(request.actor, client_id, permissions.DELETE)
    reasons = reasons_against(client)
    if request.method == "POST":
        try:
            change = actions.delete_client(request.actor, client)
        except Conflict as refused:
            reasons = refused.errors[""]
        else:
            undo = reverse("undo:undo", args=[change.pk])
            flash(request, _("%(name)s was deleted.", name=client.name), undo=undo)
            return redirect("clients:list")
    context = {"here": "clients", "client": client, "reasons": reasons}
    return render(request, "clients/delete.html", context, status=409 if request.method == "POST" else 200)

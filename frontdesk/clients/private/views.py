"""The pages of private notes: of a client, of a member, and of one note."""

from uuid import UUID

from django import forms
from django.shortcuts import redirect, render
from django.urls import reverse

from frontdesk.accounts.access import get_member
from frontdesk.core.errors import Invalid
from frontdesk.core.forms import show_refusal
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.ui.flash import flash

from .. import access, permissions
from ..views.pages import frame
from . import actions
from .models import PrivateNote


class PrivateForm(forms.Form):
    """A private note; `contact_id` says about which contact, "" the client itself."""

    contact_id = forms.ChoiceField(label=_lazy("About"), required=False)
    body = forms.CharField(
        label=_lazy("Private note"), max_length=actions.LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data=None, *, contacts=(), client=None, **options):
        super().__init__(data, **options)
        if client is None:
            del self.fields["contact_id"]
        else:
            self.fields["contact_id"].choices = [("", client.name), *((str(one.pk), one.name) for one in contacts)]


def _added(request, form: PrivateForm, **about) -> bool:
    if not form.is_bound or not form.is_valid():
        return False
    contact = form.cleaned_data.get("contact_id")
    try:
        actions.add_note(
            request.actor, form.cleaned_data["body"], contact_id=UUID(contact) if contact else None, **about
        )
    except Invalid as refused:
        show_refusal(form, refused)
        return False
    return True


def _client_page(request, client, data=None):
    context = frame(request, client, "private")
    form = PrivateForm(data, contacts=context["contacts"], client=client)
    if _added(request, form, client=client):
        return redirect("clients:private", client.pk)
    found = actions.notes_about(request.actor, client=client, after=request.GET.get("after", ""))
    context |= {"form": form, "found": found}
    return render(request, "clients/private/client.html", context, status=422 if form.is_bound else 200)


@page(permissions.PRIVATE_SEE, obj="client")
def of_client(request, client_id):
    """What the office notes about a client and its contacts."""
    return _client_page(request, access.get_client(request.actor, client_id, permissions.PRIVATE_SEE))


@page(permissions.PRIVATE_WRITE, obj="client", methods=("POST",))
def add_to_client(request, client_id):
    """Note something about a client or one of its contacts."""
    return _client_page(request, access.get_client(request.actor, client_id, permissions.PRIVATE_WRITE), request.POST)


def _member_page(request, member, data=None):
    form = PrivateForm(data)
    if _added(request, form, member=member):
        return redirect("clients:private_member", member.pk)
    found = actions.notes_about(request.actor, member=member, after=request.GET.get("after", ""))
    context = {"here": "people", "member": member, "form": form, "found": found}
    return render(request, "clients/private/member.html", context, status=422 if form.is_bound else 200)


@page(permissions.PRIVATE_SEE, obj="member")
def of_member(request, member_id):
    """What the office notes about a member."""
    return _member_page(request, get_member(request.actor, member_id))


@page(permissions.PRIVATE_WRITE, obj="member", methods=("POST",))
def add_to_member(request, member_id):
    """Note something about a member."""
    return _member_page(request, get_member(request.actor, member_id), request.POST)


@page(permissions.PRIVATE_SEE, obj="member")
def panel(request, member_id):
    """The way to a member's private notes, on their page."""
    member = get_member(request.actor, member_id)
    return render(request, "clients/private/panel.html", {"member": member})


def _back(note: PrivateNote):
    name, about = ("private", note.client_id) if note.client_id else ("private_member", note.member_id)
    return redirect(reverse(f"clients:{name}", args=[about]))


@page(permissions.PRIVATE_WRITE, obj="private_note", methods=("GET", "POST"))
def edit(request, private_note_id):
    """Change a private note."""
    note = actions.get_note(request.actor, private_note_id)
    form = PrivateForm(request.POST if request.method == "POST" else None, initial={"body": note.body})
    if form.is_bound and form.is_valid():
        try:
            actions.edit_note(request.actor, note, form.cleaned_data["body"])
            return _back(note)
        except Invalid as refused:
            show_refusal(form, refused)
    context = {"here": "clients", "form": form, "note": note}
    return render(request, "clients/private/note.html", context, status=422 if form.is_bound else 200)


@page(permissions.PRIVATE_WRITE, obj="private_note", methods=("POST",))
def delete(request, private_note_id):
    """Delete a private note."""
    note = actions.get_note(request.actor, private_note_id)
    where = _back(note)
    actions.delete_note(request.actor, note)
    flash(request, _("The note was deleted."))
    return where

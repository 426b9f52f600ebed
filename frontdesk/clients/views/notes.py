"""Notes on a client's timeline."""

from django.shortcuts import render

from frontdesk.activity import queries as activity
from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from .. import access, actions, permissions
from ..forms import NoteForm
from .pages import back_to, frame, from_invalid


@page(permissions.NOTE, obj="client", methods=("POST",))
def add(request, client_id):
    """Write a note; a refused one comes back with its text."""
    client = access.get_client(request.actor, client_id, permissions.NOTE)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            actions.add_note(request.actor, client, form.cleaned_data["body"])
            return back_to(client)
        except Invalid as refused:
            from_invalid(form, refused)
    context = frame(request, client, "timeline")
    context |= {
        "timeline": activity.timeline(client.pk, formerly=client.formerly),
        "note_form": form,
        "first_page": True,
    }
    return render(request, "clients/show.html", context, status=422)


@page(permissions.NOTE, obj="note", methods=("GET", "POST"))
def edit(request, client_id, note_id):
    """Change one's own note."""
    client = access.get_client(request.actor, client_id, permissions.NOTE)
    note = access.get_note(request.actor, client, note_id)
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"body": note.body})
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_note(request.actor, client, note, form.cleaned_data["body"])
            return back_to(client)
        except Invalid as refused:
            from_invalid(form, refused)
    context = {"here": "clients", "client": client, "note": note, "form": form}
    return render(request, "clients/note.html", context, status=422 if request.method == "POST" else 200)


@page(permissions.NOTE, obj="note", methods=("POST",))
def delete(request, client_id, note_id):
    """Delete one's own note."""
    client = access.get_client(request.actor, client_id, permissions.NOTE)
    actions.delete_note(request.actor, client, access.get_note(request.actor, client, note_id))
    flash(request, _("The note was deleted."))
    return back_to(client)

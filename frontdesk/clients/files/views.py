"""The page of a client's files."""

from django.shortcuts import render
from django.urls import reverse

from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.core.text import ngettext as _n
from frontdesk.files import forms as uploads
from frontdesk.files import queries
from frontdesk.files.forms import chosen
from frontdesk.ui.flash import flash

from .. import access, options, permissions
from ..models import Client
from ..views.pages import back_to, frame
from . import actions
from .place import KEY


def _page(request, client: Client, errors: tuple[str, ...] = (), ids=()):
    context = frame(request, client, "files") | {
        "found": queries.page_at(KEY, client.pk, after=request.GET.get("after", "")),
        "in_portal": options.allowed(request.actor, client, "files"),
        "errors": errors, "picked": uploads.taken(request.actor, list(ids)),
    }  # fmt: skip
    return render(request, "clients/files/files.html", context, status=422 if errors else 200)


@page(permissions.VIEW, obj="client", methods=("GET", "POST"))
def files(request, client_id):
    """The files of a client, newest first, and adding some."""
    if request.method == "GET" or request.method == "HEAD":
        return _page(request, access.get_client(request.actor, client_id))
    client = access.get_client(request.actor, client_id, permissions.FILE_ADD)
    ids: list = []
    try:
        ids = uploads.take(request)
        actions.add_files(request.actor, client, ids)
    except Invalid as refused:
        return _page(request, client, tuple(said for reasons in refused.errors.values() for said in reasons), ids)
    flash(request, _("The files were added."))
    return back_to(client, "files")


@page(permissions.FILE_REMOVE, obj="client", methods=("POST",))
def remove(request, client_id):
    """Delete the chosen files, with a way back."""
    client = access.get_client(request.actor, client_id, permissions.FILE_REMOVE)
    found = actions.get_files(request.actor, client, chosen(request))
    change = actions.remove_files(request.actor, client, found)
    said = _n("%(num)s file was deleted.", "%(num)s files were deleted.", len(found))
    flash(request, said, undo=reverse("undo:undo", args=[change.pk]) if change else "")
    return back_to(client, "files")

"""The page on which two clients become one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from .. import access, permissions, queries
from ..models import Client, ContactPoint
from . import actions


def _other(request) -> Client | None:
    """The client to merge with, from the form or the address; None when it is not chosen yet."""
    typed = request.POST.get("with") or request.GET.get("with", "")
    try:
        return access.get_client(request.actor, UUID(typed), permissions.MERGE) if typed else None
    except ValueError:
        return None


def _look_for(request, client: Client) -> HttpResponse:
    """Choose the other one: likely duplicates first, or by search."""
    typed = request.GET.get("q", "")[:100]
    normals = list(ContactPoint.objects.filter(contact__client_id=client.pk).values_list("normal", flat=True)[:20])
    likely = [] if typed else queries.possible_duplicates(request.actor, normals, besides=client.pk)
    found = queries.list_clients(request.actor, queries.Filters(q=typed), limit=20).rows if typed else []
    rows = [row for row in found if row["id"] != client.pk]
    context = {"here": "clients", "client": client, "likely": likely, "rows": rows, "q": typed}
    return render(request, "clients/merging/look.html", context)


def _rows(kept: Client, gone: Client) -> list[dict]:
    labels = {
        "name": _("Name"), "kind": _("Kind"), "status": _("Status"), "reference": _("Reference"),
        "language": _("Language"),
    }  # fmt: skip
    shown = {"kind": "get_kind_display", "status": "get_status_display"}
    rows = []
    for name, label in labels.items():
        values = [getattr(one, shown[name])() if name in shown else getattr(one, name) for one in (kept, gone)]
        takes = "gone" if not values[0] and values[1] else "kept"
        rows.append({"name": name, "label": label, "kept": values[0], "gone": values[1], "takes": takes})
    return rows


def _sides(clients: list[Client]) -> list[dict]:
    sides = []
    for client in clients:
        contacts = queries.contacts_of(client)
        addresses = queries.with_addresses(client, contacts)
        ids = [client.pk]
        sides.append({
            "client": client, "contacts": contacts, "addresses": addresses,
            "tags": queries.tags_of(ids).get(client.pk, []), "team": queries.team_of(ids).get(client.pk, []),
            "notes": client.notes.count(),
        })  # fmt: skip
    return sides


@page(permissions.MERGE, obj="client", methods=("GET", "POST"))
def merge(request, client_id) -> HttpResponse:
    """Both side by side; then one of them."""
    client = access.get_client(request.actor, client_id, permissions.MERGE)
    other = _other(request)
    if other is None:
        return _look_for(request, client)
    refused: list[str] = []
    if request.method == "POST":
        choices = {name: request.POST[name] for name in actions.CHOOSABLE if name in request.POST}
        try:
            change = actions.merge(request.actor, client, other, choices)
        except Invalid as error:
            refused = [str(said) for reasons in error.errors.values() for said in reasons]
        else:
            flash(request, _("Both are one now."), undo=reverse("undo:undo", args=[change.pk]))
            return redirect("clients:show", client.pk)
    context = {
        "here": "clients", "client": client, "other": other, "rows": _rows(client, other), "refused": refused,
        "sides": _sides([client, other]),
    }  # fmt: skip
    return render(request, "clients/merging/merge.html", context, status=422 if refused else 200)

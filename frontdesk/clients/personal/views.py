"""One client's personal data: handing it out, and erasing it."""

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from frontdesk.core.errors import Conflict, Invalid, Missing
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from .. import access, permissions
from . import actions, gathering
from .access import bundles_of, get_bundle
from .models import PersonalBundle

SHOWN = 10
ZIP = "application/zip"


@page(permissions.EXPORT, obj="client", methods=("GET", "POST"))
def personal(request, client_id) -> HttpResponse:
    """The bundles that were made, and asking for another."""
    client = access.get_client(request.actor, client_id, permissions.EXPORT)
    if request.method == "POST":
        actions.ask_for_bundle(request.actor, client)
        return redirect("clients:personal", client.pk)
    bundles = list(bundles_of(request.actor, client)[:SHOWN])
    context = {"here": "clients", "client": client, "bundles": bundles, "waiting": any(not b.ready_at for b in bundles)}
    return render(request, "clients/personal/bundles.html", context)


def bundle_file(bundle: PersonalBundle) -> FileResponse:
    """A bundle as a download; raises Missing before it is ready and after it has gone."""
    path = gathering.path_of(bundle)
    if not bundle.is_ready or not path.exists():
        raise Missing("bundle")
    return FileResponse(
        path.open("rb"), as_attachment=True, filename="personal-data.zip", content_type="application/zip"
    )


@page(permissions.EXPORT, obj="bundle")
def download(request, client_id, bundle_id) -> HttpResponseBase:
    """The file."""
    client = access.get_client(request.actor, client_id, permissions.EXPORT)
    return bundle_file(get_bundle(request.actor, client, bundle_id))


@page(permissions.ERASE, obj="client", methods=("GET", "POST"))
def erase(request, client_id) -> HttpResponse:
    """Say what erasing means, ask for the name, and do it."""
    client = access.get_client(request.actor, client_id, permissions.ERASE)
    refused: list[str] = []
    status = 200
    if request.method == "POST":
        try:
            actions.erase(request.actor, client, request.POST.get("name", ""))
        except Conflict:
            status = 409
        except Invalid as error:
            refused, status = error.errors["name"], 422
        else:
            flash(request, _("Everything about this person was erased."))
            return redirect("clients:list")
    context = {
        "here": "clients", "client": client, "reasons": actions.against_erasure(client), "refused": refused,
        "accesses": client.accesses.count(),
    }  # fmt: skip
    return render(request, "clients/personal/erase.html", context, status=status)

"""The files of a client, for the client."""

from django.shortcuts import render

from frontdesk.clients.access import get_client
from frontdesk.clients.files.place import KEY
from frontdesk.clients.permissions import PORTAL_FILES
from frontdesk.core.http import page
from frontdesk.files import queries

from ..shell import frame


@page(PORTAL_FILES, obj="client")
def files(request, client_id):
    """What the team put under the client's files, newest first."""
    client = get_client(request.actor, client_id, PORTAL_FILES)
    found = queries.page_at(KEY, client.pk, after=request.GET.get("after", ""))
    return render(request, "portal/files.html", frame(request.actor, client, "portal-files", found=found))

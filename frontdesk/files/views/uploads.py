"""Resumable uploads of the pages' own script."""

from django.urls import reverse

from frontdesk.core.http import page

from .. import access, permissions, protocol


@page(permissions.ADD, methods=("POST",))
def create(request):
    """Announce a file."""
    return protocol.create(request, lambda made: reverse("files:upload", args=[made.pk]))


@page(permissions.ADD, obj="upload", methods=("GET", "PATCH", "DELETE"))
def upload(request, upload_id):
    """Say where an upload stands, take a piece, or give it up."""
    found = access.get_upload(request.actor, upload_id)
    if request.method == "PATCH":
        return protocol.piece(request, found)
    if request.method == "DELETE":
        return protocol.cancel(request, found)
    return protocol.show(request, found)

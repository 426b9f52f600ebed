"""Files as they are fetched, and taken away again."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from .. import access, actions, permissions, serving, zips
from ..forms import chosen


@page(permissions.VIEW, obj="file")
def download(request, file_id):
    """The file, to be kept."""
    return serving.content(request, access.get_file(request.actor, file_id))


@page(permissions.VIEW, obj="file")
def show(request, file_id):
    """The file in place, where it is of a kind that a browser merely draws or plays."""
    return serving.content(request, access.get_file(request.actor, file_id), inline=True)


@page(permissions.VIEW, obj="file")
def preview(request, file_id, width):
    """A small picture of it."""
    return serving.preview(request, access.get_file(request.actor, file_id), width)


@page(permissions.VIEW, methods=("POST",))
def archive(request):
    """Several files as one; all of them, or none."""
    return zips.archive(access.get_files(request.actor, chosen(request)))


@page(permissions.REMOVE, obj="file", methods=("POST",))
def remove(request, file_id):
    """Delete a file; one that was at no place for good."""
    change = actions.remove(request.actor, access.get_file(request.actor, file_id))
    if request.headers.get("Accept", "").startswith("application/json"):
        return HttpResponse(status=204)
    flash(request, _("The file was deleted."), undo=reverse("undo:undo", args=[change.pk]) if change else "")
    wanted = request.POST.get("next", "")
    own = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return HttpResponseRedirect(wanted if own else "/")

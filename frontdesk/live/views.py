"""Pages' calls of live updates; the streams themselves are in `asgi.py`."""

from django.http import HttpResponse

from frontdesk.core.http import page

from . import actions, permissions


@page(permissions.TELL, methods=("POST",))
def typing(request):
    """Show the followers of `topic` that the reader is typing, looks at it or writes an answer."""
    actions.type_in(request.actor, request.POST.get("topic", ""), request.POST.get("kind", "typing"))
    return HttpResponse(status=204)

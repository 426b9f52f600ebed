"""Search in messages."""

from django.http import HttpResponse

from frontdesk.activity.sentences import as_uuid
from frontdesk.core.http import page

from .. import access, permissions, queries
from ..search import search as find
from . import frame


@page(permissions.READ)
def search(request) -> HttpResponse:
    """Messages that contain the words, the newest first; `in` narrows to one thread."""
    actor, words = request.actor, request.GET.get("q", "")[:200]
    thread = _thread(actor, request.GET.get("in", ""))
    found = find(actor, words, thread=thread, after=request.GET.get("after", ""))
    context = {
        "words": words, "within": thread, "found": found,
        "titles": queries.titles(actor, [one.thread for one in found.messages] + ([thread] if thread else [])),
    }  # fmt: skip
    return frame.show(request, "search.html", context)


def _thread(actor, text: str):
    found = as_uuid(text)
    return access.own_thread(actor, found) if found else None

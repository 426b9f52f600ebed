"""The pages of what arrived and was not taken in."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash, flash_refusal

from .. import access, actions, queries
from ..permissions import OUTBOX, SEND
from ..registry import sending
from .settings import frame


def _list_address(**chosen: str) -> str:
    query = urlencode({name: value for name, value in chosen.items() if value})
    return reverse("channels:arrivals") + (f"?{query}" if query else "")


@page(OUTBOX)
def arrivals(request) -> HttpResponse:
    """The list, newest first."""
    ways = sending()
    channel = request.GET.get("channel", "")
    channel = channel if channel in {one.key for one in ways} else ""
    cursors: dict[str, Any] = {name: request.GET.get(name, "") for name in ("after", "before")}
    context = frame(request, "outbox") | {
        "found": queries.arrivals(request.actor, channel=channel, **cursors), "channel": channel, "ways": ways,
        "labels": {one.key: one.label for one in ways}, "list_address": _list_address,
        "reason_text": queries.reason_text,
    }  # fmt: skip
    return render(request, "channels/arrivals.html", context)


@page(OUTBOX, obj="lost_arrival")
def arrival(request, arrival_id: UUID) -> HttpResponse:
    """One of them: why it was not taken in, and what can be done."""
    row = access.get_arrival(request.actor, arrival_id)
    context = frame(request, "outbox") | {
        "row": row, "why": queries.reason_text(row.channel, row.reason, row.detail),
        "way": next((one for one in sending() if one.key == row.channel), None),
    }  # fmt: skip
    return render(request, "channels/arrival.html", context)


@page(SEND, obj="lost_arrival", methods=("POST",))
def read_again(request, arrival_id: UUID) -> HttpResponse:
    """Read one anew."""
    row = access.get_arrival(request.actor, arrival_id)
    try:
        actions.read_again(request.actor, row)
    except Invalid as refused:
        flash_refusal(request, refused)
        return redirect("channels:arrival", row.pk)
    flash(request, _("It is being read again."))
    return redirect("channels:arrivals")

"""The pages of the outbox: what was sent, waits, failed or is kept."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.core.text import ngettext
from frontdesk.ui.flash import flash, flash_refusal

from .. import access, actions, queries
from ..models import Dispatch, State
from ..permissions import OUTBOX, SEND
from ..registry import causes, sending
from .settings import frame

# A message as it was sent may look as it likes, and neither runs anything nor loads anything from elsewhere.
DOCUMENT = {
    "Content-Security-Policy": (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
        "frame-ancestors 'self'"
    ),
    "X-Frame-Options": "SAMEORIGIN", "Referrer-Policy": "no-referrer", "Cache-Control": "private, no-store",
}  # fmt: skip


UNSENT = (State.KEPT, State.FAILED, State.CANCELLED)


def _chosen(values) -> dict[str, str]:
    """Channel and state of the list, as far as there are such."""
    channel, state = values.get("channel", ""), values.get("state", "")
    return {
        "channel": channel if channel in {one.key for one in sending()} else "",
        "state": state if state in State.values else "",
    }


def _list_address(**chosen: str) -> str:
    query = urlencode({name: value for name, value in chosen.items() if value})
    return reverse("channels:outbox") + (f"?{query}" if query else "")


@page(OUTBOX)
def outbox(request) -> HttpResponse:
    """The list, newest first."""
    chosen = _chosen(request.GET)
    cursors: dict[str, Any] = {name: request.GET.get(name, "") for name in ("after", "before")}
    context = frame(request, "outbox") | chosen | {
        "found": queries.outbox(request.actor, channel=chosen["channel"], state=chosen["state"], **cursors),
        "ways": sending(), "states": State.choices,
        "list_address": _list_address, "reason_text": queries.reason_text, "causes": causes,
    }  # fmt: skip
    return render(request, "channels/outbox.html", context)


@page(OUTBOX, obj="dispatch")
def dispatch(request, dispatch_id: UUID) -> HttpResponse:
    """One message: what the recipient gets, and what became of it."""
    row = access.get_dispatch(request.actor, dispatch_id)
    cause = causes.get(row.cause)
    context = frame(request, "outbox") | {
        "row": row, "why": queries.reason_text(row.channel, row.reason, row.detail), "cause": cause,
        "way": next((one for one in sending() if one.key == row.channel), None),
        "lacks": queries.why_not(row.channel) if row.state in UNSENT else "",
        "barred": queries.barred_many([row])[0] if row.state in UNSENT else None,
        "cause_href": cause.href(row.cause_id) if cause and row.cause_id else "",
        "outfiles": list(cause.files(row.cause_id)) if cause and row.cause_id else [],
    }  # fmt: skip
    return render(request, "channels/dispatch.html", context)


@page(OUTBOX, obj="dispatch")
def html(request, dispatch_id: UUID) -> HttpResponse:
    """The message as it looks, for a frame."""
    row = access.get_dispatch(request.actor, dispatch_id)
    return HttpResponse(row.html, headers=DOCUMENT)


def _done(request, verb, dispatch: Dispatch, said: str, undo: str = "") -> HttpResponse:
    try:
        verb(request.actor, dispatch)
    except Invalid as refused:
        flash_refusal(request, refused)
    else:
        flash(request, said, undo=undo)
    return redirect("channels:dispatch", dispatch.pk)


@page(SEND, obj="dispatch", methods=("POST",))
def again(request, dispatch_id: UUID) -> HttpResponse:
    """Send one again, or after all."""
    row = access.get_dispatch(request.actor, dispatch_id)
    kept = bool(queries.why_not(row.channel))
    return _done(request, actions.retry, row, _("The message is kept.") if kept else _("The message is being sent."))


@page(SEND, obj="dispatch", methods=("POST",))
def cancel(request, dispatch_id: UUID) -> HttpResponse:
    """Do not send one that waits."""
    row = access.get_dispatch(request.actor, dispatch_id)
    undo = reverse("channels:again", args=[row.pk])
    return _done(request, actions.cancel, row, _("The message was cancelled."), undo)


@page(SEND, methods=("POST",))
def all_again(request) -> HttpResponse:
    """Send all that failed, or was kept, again."""
    chosen = _chosen(request.POST)
    channel, state = chosen["channel"], chosen["state"]
    is_some = state in (State.FAILED, State.KEPT)
    count, barred = actions.retry_many(request.actor, channel=channel, state=state) if is_some else (0, 0)
    if count:
        flash(request, ngettext("%(num)s message is being sent.", "%(num)s messages are being sent.", count))
    if barred:
        said = ngettext(
            "%(num)s message stays: its recipient unsubscribed or is inactive.",
            "%(num)s messages stay: their recipients unsubscribed or are inactive.", barred,
        )  # fmt: skip
        flash(request, said, level="info")
    elif not count:
        flash(request, _("There was nothing that can be sent now."), level="info")
    return redirect(_list_address(**chosen))

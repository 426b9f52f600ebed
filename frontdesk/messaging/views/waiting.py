"""Messages that are sent later."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from frontdesk.core.errors import Forbidden, Invalid, Missing
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from .. import access, actions, forms, permissions, queries
from ..kinds import thread_kinds
from . import frame


def _page(request, status: int = 200, **more) -> HttpResponse:
    found = queries.scheduled(request.actor, after=request.GET.get("after", ""))
    titles = queries.titles(request.actor, [draft.thread for draft in found.rows])
    context = {**frame.listed(request), "found": found, "titles": titles, **more}
    return frame.show(request, "waiting.html", context, status=status)


@page(permissions.WRITE)
def waiting(request) -> HttpResponse:
    """The actor's messages that wait for their time, in all rooms."""
    return _page(request)


@page(permissions.WRITE, obj="scheduled", methods=("POST",))
def change(request, draft_id: UUID) -> HttpResponse:
    """Change text and time of one."""
    draft = access.own_scheduled(request.actor, draft_id)
    body, typed = request.POST.get("body", ""), request.POST.get("send_at", "")
    try:
        actions.change_scheduled(request.actor, draft, body, forms.time_of(typed) or timezone.now())
    except Invalid as refused:
        return _page(request, 422, refused=draft.pk, errors=refused.errors, typed={"body": body, "send_at": typed})
    flash(request, _("Saved."))
    return redirect("messaging:waiting")


@page(permissions.WRITE, obj="scheduled", methods=("POST",))
def cancel(request, draft_id: UUID) -> HttpResponse:
    """Call one off."""
    draft = access.own_scheduled(request.actor, draft_id)
    actions.cancel_scheduled(request.actor, draft)
    flash(request, _("The message will not be sent."))
    if request.POST.get("back") == "thread":
        return redirect(thread_kinds[draft.thread.kind].page(request.actor), draft.thread_id)
    return redirect("messaging:waiting")


@page(permissions.WRITE, obj="scheduled", methods=("POST",))
def now(request, draft_id: UUID) -> HttpResponse:
    """Send one at once."""
    draft = access.own_scheduled(request.actor, draft_id)
    try:
        sent = actions.send_now(request.actor, draft)
    except (Forbidden, Missing):
        flash(request, _("You can no longer write there."), level="error")
        return redirect("messaging:waiting")
    return redirect("messaging:go", sent.pk)

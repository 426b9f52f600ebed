"""What is done with a conversation: assigned, closed, snoozed; calls are noted."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from frontdesk.activity.sentences import as_uuid
from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.messaging.forms import time_of
from frontdesk.ui.flash import flash, flash_refusal

from .. import access, actions, permissions
from ..actions import CallInput


def _done(request, conversation_id: UUID, verb, *arguments, said: str = "", undo: str = "", **named) -> HttpResponse:
    """Do something and come back to the conversation, with a word about it or why not."""
    found = access.writable(request.actor, conversation_id, permissions.HANDLE)
    try:
        verb(request.actor, found, *arguments, **named)
    except Invalid as refused:
        flash_refusal(request, refused)
    else:
        if said:
            flash(request, said, **({"undo": undo} if undo else {}))
    return redirect("conversations:show", conversation_id)


@page(permissions.HANDLE, obj="conversation", methods=("POST",))
def assign(request, conversation_id: UUID) -> HttpResponse:
    """Give the conversation to a colleague and a team, or to nobody."""
    found = access.writable(request.actor, conversation_id, permissions.HANDLE)
    mine = request.POST.get("member") == "me"
    member = request.actor.id if mine else as_uuid(request.POST.get("member", ""))
    before = {"member": found.assignee_id or "", "team": found.team_id or ""}
    undo = f"{reverse('conversations:assign', args=[found.pk])}?{urlencode(before | {'undo': 'yes'})}"
    team, back = as_uuid(request.POST.get("team", "")), request.GET.get("undo") == "yes"
    if back:
        member, team = as_uuid(request.GET.get("member", "")), as_uuid(request.GET.get("team", ""))
    said = _("The conversation is yours.") if mine and not back else _("Saved.")
    return _done(
        request, conversation_id, actions.assign, member=member, team=team, said=said, undo="" if back else undo
    )


@page(permissions.HANDLE, obj="conversation", methods=("POST",))
def close(request, conversation_id: UUID) -> HttpResponse:
    """Say that nothing is left to do."""
    undo = reverse("conversations:reopen", args=[conversation_id])
    return _done(request, conversation_id, actions.close, said=_("Conversation closed."), undo=undo)


@page(permissions.HANDLE, obj="conversation", methods=("POST",))
def reopen(request, conversation_id: UUID) -> HttpResponse:
    """Take it up again."""
    return _done(request, conversation_id, actions.reopen)


@page(permissions.HANDLE, obj="conversation", methods=("POST",))
def snooze(request, conversation_id: UUID) -> HttpResponse:
    """Put it away until a time, or until the client writes."""
    try:
        until = time_of(request.POST.get("at", "") or request.POST.get("until", ""))
        if until is None:
            raise Invalid({"until": [_("Choose a date and a time.")]})
    except Invalid as refused:
        access.writable(request.actor, conversation_id, permissions.HANDLE)
        flash_refusal(request, refused)
        return redirect("conversations:show", conversation_id)
    undo = reverse("conversations:reopen", args=[conversation_id])
    return _done(request, conversation_id, actions.snooze, until, said=_("Snoozed."), undo=undo)


@page(permissions.REPLY, obj="conversation", methods=("POST",))
def call(request, conversation_id: UUID) -> HttpResponse:
    """Note a call."""
    values = {name: request.POST.get(name, "") for name in ("number", "outcome", "text")}
    minutes = request.POST.get("minutes", "").strip()
    typed = CallInput(**values, minutes=int(minutes) if minutes.isdecimal() and len(minutes) < 6 else -bool(minutes))
    return _done(request, conversation_id, actions.log_call, typed, said=_("Call noted."))


@page(permissions.HANDLE, obj="conversation", methods=("POST",))
def confirm(request, conversation_id: UUID) -> HttpResponse:
    """Say that the sender is who they say."""
    return _done(request, conversation_id, actions.confirm_sender, said=_("Sender confirmed."))

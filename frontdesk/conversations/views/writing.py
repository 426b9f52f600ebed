"""Writing in a conversation."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from frontdesk.activity.sentences import as_uuid
from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.files import forms as files
from frontdesk.messaging import actions as messages
from frontdesk.messaging.actions.posting import MessageInput
from frontdesk.messaging.forms import leaves, number, send_time, wants_part
from frontdesk.messaging.models import Draft, Message
from frontdesk.ui.flash import flash, flash_refusal

from .. import access, actions, framing, permissions, queries
from ..models import Conversation
from .composing import NOTE, REPLY, composer, thread_of
from .reading import conversation_page

FIELDS = ("body", "reply_to", "key", "send_at", "way", "subject", "last_seen_number")
LONGEST_MEASURED = 5_000


def _typed(request) -> dict:
    return {name: request.POST.get(name, "") for name in FIELDS}


def _message(request, typed: dict, mode: str) -> MessageInput:
    details = {name: typed[name] for name in ("way", "subject") if typed[name]} if mode == REPLY else {}
    typed["files"] = tuple(files.take(request, "files"))
    return MessageInput(
        typed["body"], as_uuid(typed["reply_to"]), typed["files"], as_uuid(typed["key"]), details=details
    )


def _send(request, conversation: Conversation, typed: dict, mode: str) -> Message | Draft:
    """Post or schedule what was typed; the message that is there now, or the one that waits. Notes never wait."""
    message = _message(request, typed, mode)
    if mode == NOTE:
        return actions.note(request.actor, conversation, message)
    send_at = send_time(request.POST)
    if send_at is None:
        return actions.reply(request.actor, conversation, message, last_seen_number=number(typed["last_seen_number"]))
    return actions.reply_later(request.actor, conversation, message, send_at)


def _keep(actor, conversation: Conversation, typed: dict, mode: str) -> None:
    """Keep what was typed as a draft."""
    details = {name: typed[name][:400] for name in ("way", "subject") if typed[name]} if mode == REPLY else {}
    messages.save_draft(actor, thread_of(conversation, mode), typed["body"], as_uuid(typed["reply_to"]), details)


def _refused(request, conversation: Conversation, typed: dict, mode: str, errors: dict) -> HttpResponse:
    """What was typed, with the reasons: the form alone for a script, else the whole page."""
    more = {"typed": typed, "errors": errors, "mode": mode, "kept": files.taken(request.actor, typed.get("files", ()))}
    if not wants_part(request):
        # Whoever goes on by a link finds the text again; a script keeps it by itself.
        _keep(request.actor, conversation, typed, mode)
        return conversation_page(request, conversation, 422, **more)
    context = {"composer": composer(request, conversation, **more), "conversation": conversation}
    return render(request, "conversations/parts/composer.html", context, status=422)


def _sent(request, conversation: Conversation, sent: Message | Draft, mode: str) -> HttpResponse:
    """A fresh form and the message for a script, else back to the conversation."""
    if isinstance(sent, Draft):
        return _waits(request, conversation, sent)
    if not wants_part(request):
        return redirect(reverse("conversations:show", args=[conversation.pk]) + f"#m-{sent.pk}")
    fresh = access.get_conversation(request.actor, conversation.pk)
    line = queries.fresh(fresh, Message.objects.select_related("author").get(pk=sent.pk))
    context = {"composer": composer(request, fresh, mode=mode), "sent": line, "conversation": fresh}
    return render(request, "conversations/parts/sent.html", context)


def _waits(request, conversation: Conversation, sent: Draft) -> HttpResponse:
    """The same for a message that leaves later."""
    said = leaves(sent)
    if not wants_part(request):
        flash(request, said)
        return redirect("conversations:show", conversation.pk)
    context = {"composer": composer(request, conversation, mode=REPLY), "said": said, "conversation": conversation}
    return render(request, "conversations/parts/sent.html", context)


def _write(request, conversation_id: UUID, mode: str) -> HttpResponse:
    found = access.writable(request.actor, conversation_id)
    typed = _typed(request)
    try:
        sent = _send(request, found, typed, mode)
    except Invalid as refused:
        return _refused(request, found, typed, mode, refused.errors)
    return _sent(request, found, sent, mode)


@page(permissions.REPLY, obj="conversation", methods=("POST",))
def reply(request, conversation_id: UUID) -> HttpResponse:
    """Write to the client, at once or later."""
    return _write(request, conversation_id, REPLY)


@page(permissions.REPLY, obj="conversation", methods=("POST",))
def note(request, conversation_id: UUID) -> HttpResponse:
    """Write for the team alone."""
    return _write(request, conversation_id, NOTE)


@page(permissions.REPLY, obj="failed_message", methods=("POST",))
def again(request, message_id: UUID) -> HttpResponse:
    """Send a message that failed once more."""
    found, message = access.of_message(request.actor, message_id)
    try:
        actions.retry(request.actor, found, message)
    except Invalid as refused:
        flash_refusal(request, refused)
        return redirect("messaging:go", message.pk)
    if not wants_part(request):
        flash(request, _("It is being sent again."))
        return redirect("messaging:go", message.pk)
    line = queries.fresh(found, Message.objects.select_related("author").get(pk=message.pk))
    return render(request, "messaging/parts/changed.html", {"line": line, "thread": found.thread})


@page(permissions.REPLY, obj="conversation", methods=("POST",))
def draft(request, conversation_id: UUID) -> HttpResponse:
    """Keep what is being written."""
    found = access.writable(request.actor, conversation_id)
    _keep(request.actor, found, _typed(request), NOTE if request.GET.get("write") == NOTE else REPLY)
    return HttpResponse(status=204)


@page(permissions.REPLY, obj="conversation", methods=("POST",))
def measure(request, conversation_id: UUID) -> HttpResponse:
    """How long what is being written would be by the chosen way."""
    access.get_conversation(request.actor, conversation_id, permissions.REPLY)
    channel = request.POST.get("way", "").partition(":")[0]
    found = framing.measure(channel, request.POST.get("body", "")[:LONGEST_MEASURED])
    return render(request, "conversations/parts/measure.html", {"measure": found})


@page(permissions.REPLY, obj="conversation", methods=("POST",))
def preview(request, conversation_id: UUID) -> HttpResponse:
    """How what is being written would leave."""
    found, typed = access.writable(request.actor, conversation_id), _typed(request)
    try:
        way, shown = actions.preview(request.actor, found, typed["body"], typed["way"], typed["subject"])
    except Invalid as refused:
        return _refused(request, found, typed, REPLY, refused.errors)
    context = {"here": "inbox", "conversation": found, "way": way, "shown": shown}
    context["measure"] = framing.measure(way.channel.key, typed["body"])
    return render(request, "conversations/preview.html", context)

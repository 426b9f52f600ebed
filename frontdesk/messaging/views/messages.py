"""One message: its link, and what can be done with it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from frontdesk.core.errors import Forbidden, Invalid
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash, flash_refusal

from .. import access, actions, forms, permissions, queries
from ..actions.changing import can_restore
from ..actions.reacting import COMMON
from ..kinds import thread_kinds
from ..models import Message, Thread
from ..turning import offered
from . import frame


def place(actor, message: Message, thread: Thread) -> str:
    """The address of a message within its thread."""
    address = reverse(thread_kinds[thread.kind].page(actor), args=[thread.pk])
    return f"{address}?at={message.number}#m-{message.pk}"


def _page(request, message: Message, thread: Thread, standing, status: int = 200, **more) -> HttpResponse:
    own = message.author_id == request.actor.id and not thread_kinds[thread.kind].fixed(message)
    context = {
        "line": queries.line_of(request.actor, message, thread), "thread": thread, "standing": standing,
        "emojis": COMMON,
        "editions": queries.editions(message), "may_change": own and standing.writes,
        "place": place(request.actor, message, thread),
        "may_restore": can_restore(request.actor, message) and standing.writes,
        "turnings": offered(request.actor, message, thread, standing),
        "title_of": queries.title_of(request.actor, thread), "part": forms.wants_part(request), **more,
    }  # fmt: skip
    template = "parts/message_actions.html" if forms.wants_part(request) and status == 200 else "message.html"
    return frame.show(request, template, context, status=status)


@page(permissions.READ, obj="message")
def message(request, message_id: UUID) -> HttpResponse:
    """A message with what can be done with it, who answered it how, and what it said before."""
    found, thread, standing = access.get_message(request.actor, message_id)
    if standing.oversees and request.actor.viewer is None:
        actions.look_over(request.actor, thread)
    return _page(request, found, thread, standing)


@page(permissions.READ, obj="message")
def go(request, message_id: UUID) -> HttpResponse:
    """The link to a message: its place in its thread."""
    found, thread, _standing = access.get_message(request.actor, message_id)
    return redirect(place(request.actor, found, thread))


def _changed(request, message: Message, thread: Thread) -> HttpResponse:
    """Back to the message's place, or, for a script, the message as it is now."""
    if not forms.wants_part(request):
        return redirect(place(request.actor, message, thread))
    fresh = Message.objects.select_related("author").get(pk=message.pk)
    context = {"line": queries.line_of(request.actor, fresh, thread), "thread": thread}
    return render(request, "messaging/parts/changed.html", context)


@page(permissions.WRITE, obj="own_message", methods=("POST",))
def edit(request, message_id: UUID) -> HttpResponse:
    """Change one's own message."""
    found, thread = access.own_message(request.actor, message_id)
    body = request.POST.get("body", "")
    try:
        actions.edit_message(request.actor, found, thread, body)
    except Invalid as refused:
        _thread, standing = access.get_thread(request.actor, thread.pk)
        return _page(request, found, thread, standing, 422, typed=body, errors=refused.errors)
    return _changed(request, found, thread)


@page(permissions.WRITE, obj="own_message", methods=("POST",))
def delete(request, message_id: UUID) -> HttpResponse:
    """Take one's own message back, with a way to undo it."""
    found, thread = access.own_message(request.actor, message_id)
    try:
        actions.delete_message(request.actor, found, thread)
    except Invalid as refused:
        flash_refusal(request, refused)
    else:
        flash(request, _("Message deleted."), undo=reverse("messaging:restore", args=[found.pk]))
    return redirect(place(request.actor, found, thread))


@page(permissions.WRITE, obj="own_message", methods=("POST",))
def restore(request, message_id: UUID) -> HttpResponse:
    """Bring back what was just deleted."""
    found, thread = access.own_message(request.actor, message_id)
    try:
        actions.restore_message(request.actor, found, thread)
    except Invalid as refused:
        flash_refusal(request, refused)
    return redirect(place(request.actor, found, thread))


@page(permissions.WRITE, obj="message", methods=("POST",))
def react(request, message_id: UUID) -> HttpResponse:
    """Put a sign on a message, or take it away."""
    found, thread, standing = access.get_message(request.actor, message_id, permissions.WRITE)
    if not standing.writes:
        raise Forbidden("thread")
    try:
        actions.react(request.actor, found, thread, request.POST.get("emoji", ""), request.POST.get("on") != "no")
    except Invalid as refused:
        flash_refusal(request, refused)
    return _changed(request, found, thread)


@page(permissions.TURN, obj="client_message", methods=("POST",))
def turn(request, message_id: UUID, into: str) -> HttpResponse:
    """Make something of a message; what it became then stands beside it."""
    found, thread, standing = access.get_message(request.actor, message_id)
    try:
        actions.turn(request.actor, found, thread, standing, into)
    except Invalid as refused:
        flash_refusal(request, refused)
    else:
        flash(request, _("Done. It stands beside the message."))
    return redirect(place(request.actor, found, thread))


@page(permissions.READ, obj="message", methods=("POST",))
def unread(request, message_id: UUID) -> HttpResponse:
    """Have a message and what follows it unread again."""
    found, thread, standing = access.get_message(request.actor, message_id)
    if standing.oversees:
        raise Forbidden("thread")
    actions.mark_unread(request.actor, thread, found.number)
    return redirect("messaging:list")

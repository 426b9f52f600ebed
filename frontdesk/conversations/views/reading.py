"""The inbox and one conversation."""

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from frontdesk.activity.sentences import as_uuid
from frontdesk.clients import access as clients
from frontdesk.core.http import page
from frontdesk.core.text import gettext as _
from frontdesk.messaging import actions as messages
from frontdesk.messaging import queries as threads
from frontdesk.messaging.forms import number
from frontdesk.messaging.models import Message
from frontdesk.notify import actions as notices

from .. import access, permissions, queries
from ..actions.calling import Outcome
from ..models import Conversation
from ..notices import keys_of
from ..opening import conversation_with
from ..queries import Position
from . import frame
from .composing import composer


@page(permissions.VIEW)
def inbox(request) -> HttpResponse:
    """Conversations by state, owner, team and tag."""
    return frame.show(request, "inbox.html", frame.listed(request))


def conversation_page(request, conversation: Conversation, status: int = 200, **more) -> HttpResponse:
    """One conversation: the stream, the form to write, the client beside it."""
    actor, place = request.actor, _place(request, conversation)
    found = queries.stream(conversation, before=place)
    said = [line for line in found.lines if line.message.thread_id == conversation.thread_id]
    context = {
        **frame.listed(request, frame.BESIDE), "conversation": conversation, "client": conversation.client,
        "stream": found, "end": queries.end_of(conversation),
        "at": request.GET.get("m", ""), "panel": queries.panel(conversation), "outcomes": Outcome.choices,
        "receipts": threads.read_by(actor, conversation.thread), "newest_side": threads.newest_side(said) or "client",
        "thread": conversation.thread,
        "tomorrow": _morning(1), "quick_times": _quick_times(),
        "composer": composer(request, conversation, **more) if actor.may(permissions.REPLY) else None,
    }  # fmt: skip
    return frame.show(request, "show.html", context, status=status)


def _morning(days: int) -> datetime:
    """Nine o'clock of the reader, some days from now."""
    return timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=days)


def _quick_times() -> list[tuple[str, datetime]]:
    """Until when a conversation is put away with one click: what is left of today, tomorrow, and Monday beyond that."""
    now = timezone.localtime()
    later = now.replace(second=0, microsecond=0) + timedelta(hours=3)
    today = [(_("Later today"), later)] if later.date() == now.date() else []
    monday = [(_("Monday"), _morning(7 - now.weekday()))] if now.weekday() < 6 else []
    return [*today, (_("Tomorrow"), _morning(1)), *monday]


def _place(request, conversation: Conversation) -> Position | None:
    """Up to where the page reaches: `before=`, or around the message `m=`; None for the newest."""
    message_id = as_uuid(request.GET.get("m", ""))
    if message_id is None:
        return Position.parse(request.GET.get("before", ""))
    own = Message.objects.filter(thread_id__in=(conversation.thread_id, conversation.notes_id))
    message = own.filter(pk=message_id).first()
    return queries.around(conversation, message) if message else None


@page(permissions.VIEW, obj="conversation")
def show(request, conversation_id: UUID) -> HttpResponse:
    """A conversation; opening it reads it."""
    found = access.get_conversation(request.actor, conversation_id)
    if "before" not in request.GET and "m" not in request.GET:
        _read(request.actor, found, queries.end_of(found))
    return conversation_page(request, found)


def _read(actor, conversation: Conversation, upto: Position) -> None:
    """Note that the actor has read up to a place; their other devices forget the notices."""
    messages.mark_read(actor, conversation.thread, upto.said)
    messages.mark_read(actor, conversation.notes, upto.noted)
    if actor.viewer is None:
        notices.mark_read(actor, keys_of(conversation))


@page(permissions.VIEW, obj="conversation", methods=("POST",))
def read(request, conversation_id: UUID) -> HttpResponse:
    """Note how far the actor has read."""
    found = access.get_conversation(request.actor, conversation_id)
    upto = Position.parse(request.POST.get("n", ""))
    if upto is not None:
        _read(request.actor, found, upto)
    return HttpResponse(status=204)


@page(permissions.VIEW, obj="conversation")
def lines(request, conversation_id: UUID) -> HttpResponse:
    """What stands before or after a place, to be put before or after what is shown."""
    found = access.get_conversation(request.actor, conversation_id)
    after, before = (Position.parse(request.GET.get(name, "")) for name in ("after", "before"))
    context = {
        "stream": queries.stream(found, before=before, after=after), "conversation": found,
        "toward": "newer" if after else "older",
    }  # fmt: skip
    return render(request, "conversations/parts/stream.html", context)


@page(permissions.VIEW, obj="conversation")
def state(request, conversation_id: UUID) -> HttpResponse:
    """How a conversation stands now, for a page that was told of news: its head, and what happened lately."""
    found = access.get_conversation(request.actor, conversation_id)
    context = {
        "conversation": found, "client": found.client, "happened": queries.newest_happenings(found),
        "query_kept": frame.kept(frame.filters_of(request)), **frame.assignable(request.actor),
    }  # fmt: skip
    return render(request, "conversations/parts/state.html", context)


@page(permissions.VIEW)
def waiting_count(request) -> HttpResponse:
    """How many conversations wait for an answer of the actor's, for the badge of an open page."""
    return JsonResponse({"inbox": queries.waiting_count(request.actor)})


@page(permissions.VIEW, obj="conversation")
def row(request, conversation_id: UUID) -> HttpResponse:
    """A conversation's line in the list, for a page that was told of news; nothing where it is not in the list."""
    found = access.get_conversation(request.actor, conversation_id)
    filters = frame.filters_of(request)
    if not queries.belongs(request.actor, found, filters):
        return HttpResponse(status=204)
    context = {"row": queries.row_of(request.actor, found), "query_kept": frame.kept(filters)}
    return render(request, "conversations/parts/row.html", context)


@page(permissions.VIEW, obj="client")
def with_client(request, client_id: UUID) -> HttpResponse:
    """The conversation with a client."""
    client = clients.get_client(request.actor, client_id)
    return redirect("conversations:show", conversation_with(client).pk)


@page(permissions.VIEW, obj="conversation_thread")
def of_thread(request, thread_id: UUID) -> HttpResponse:
    """The conversation to which a thread belongs, at one of its messages."""
    found = access.of_thread(request.actor, thread_id)
    address, at = reverse("conversations:show", args=[found.pk]), number(request.GET.get("at", ""))
    message = Message.objects.filter(thread_id=thread_id, number=at).first() if at else None
    return redirect(f"{address}?m={message.pk}#m-{message.pk}" if message else address)


@page(permissions.VIEW)
def covered(request) -> HttpResponse:
    """What happened to one's conversations while one was away."""
    found = queries.covered(request.actor, after=request.GET.get("after", ""))
    return frame.show(request, "covered.html", {"found": found})

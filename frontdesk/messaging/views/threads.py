"""The list of rooms, a thread, and writing in it."""

from uuid import UUID, uuid4

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from frontdesk.activity.sentences import as_uuid
from frontdesk.core.errors import Invalid
from frontdesk.core.http import page
from frontdesk.files import forms as files
from frontdesk.ui.flash import flash

from .. import access, actions, forms, permissions, queries
from ..actions.posting import MessageInput
from ..kinds import thread_kinds
from ..models import Draft, Message, Thread
from . import frame

SOON = 3


@page(permissions.READ)
def inbox(request) -> HttpResponse:
    """The actor's rooms."""
    return frame.show(request, "inbox.html", frame.listed(request))


def _reply(thread: Thread, text: str) -> queries.Line | None:
    """The message to which the composer answers."""
    chosen = as_uuid(text)
    if chosen is None:
        return None
    found = Message.objects.filter(thread_id=thread.pk, pk=chosen, deleted_at=None).select_related("author")
    return next(iter(queries.lines(list(found))), None)


def composer(request, thread: Thread, **more) -> dict:
    """What the form to write in a thread shows; `more` are what was typed and why it was refused."""
    draft = queries.draft_of(request.actor, thread)
    typed = more.get("typed")
    reply_to = request.GET.get("reply") or (str(draft.reply_to_id) if draft and draft.reply_to_id else "")
    return {
        "thread": thread,
        "body": typed["body"] if typed else (draft.body if draft else ""),
        "reply": _reply(thread, typed["reply_to"] if typed else reply_to),
        "key": typed["key"] if typed else str(uuid4()),
        "waiting": queries.scheduled_in(request.actor, thread),
        "errors": more.get("errors", {}),
        "send_at": typed["send_at"] if typed else "",
        "now": timezone.localtime(),
    }


def _thread_page(request, thread: Thread, standing, status: int = 200, **more) -> HttpResponse:
    at = forms.number(request.GET.get("at", ""))
    before = forms.number(request.GET.get("before", ""))
    after = forms.number(request.GET.get("after", ""))
    found = queries.history(thread, around=at, before=before, after=after, in_portal=request.actor.is_portal)
    context = {
        **frame.listed(request), **queries.surroundings(request.actor, thread), "thread": thread, "standing": standing,
        "found": found, "at": at, "receipts": queries.read_by(request.actor, thread),
        "newest_side": queries.newest_side(found.lines),
        "composer": composer(request, thread, **more) if standing.writes else None,
    }  # fmt: skip
    return frame.show(request, "thread.html", context, status=status)


@page(permissions.READ, obj="thread")
def thread(request, thread_id: UUID) -> HttpResponse:
    """A thread: its newest messages, or those around `?at=`. Opening it reads it; who oversees it is recorded."""
    found, standing = access.get_thread(request.actor, thread_id)
    page_of = thread_kinds[found.kind].page(request.actor)
    if page_of != frame.PAGE:
        return redirect(reverse(page_of, args=[found.pk]) + forms.query(request))
    if standing.oversees:
        if request.actor.viewer is None:
            actions.look_over(request.actor, found)
        return _thread_page(request, found, standing)
    answer = _thread_page(request, found, standing)
    if not any(name in request.GET for name in ("at", "before")):
        actions.mark_read(request.actor, found)
    return answer


@page(permissions.READ, obj="thread")
def lines(request, thread_id: UUID) -> HttpResponse:
    """Older or newer messages, to be put before or after those that are shown; who oversees it is recorded."""
    found, standing = access.get_thread(request.actor, thread_id)
    if standing.oversees and request.actor.viewer is None:
        actions.look_on(request.actor, found)
    before, after = forms.number(request.GET.get("before", "")), forms.number(request.GET.get("after", ""))
    context = {
        "found": queries.history(found, before=before, after=after, in_portal=request.actor.is_portal),
        "thread": found, "standing": standing, "toward": "newer" if after is not None else "older",
    }  # fmt: skip
    return render(request, "messaging/parts/lines.html", context)


def _typed(request) -> dict:
    return {name: request.POST.get(name, "") for name in ("body", "reply_to", "key", "send_at")}


def _send(request, thread: Thread, typed: dict) -> Message | Draft:
    """Post or schedule what was typed; the message that is there now, or the one that waits."""
    message = MessageInput(
        typed["body"], as_uuid(typed["reply_to"]), tuple(files.take(request, "files")), as_uuid(typed["key"])
    )
    send_at = forms.send_time(request.POST)
    if send_at is None:
        return actions.post(request.actor, thread, message)
    return actions.schedule(request.actor, thread, message, send_at)


def _refused(request, thread: Thread, typed: dict, errors: dict) -> HttpResponse:
    """What was typed, with the reasons: the form alone for a script, else the whole page."""
    more = {"typed": typed, "errors": errors}
    if forms.wants_part(request):
        return render(
            request, "messaging/parts/composer.html", {"composer": composer(request, thread, **more)}, status=422
        )
    found, standing = access.get_thread(request.actor, thread.pk)
    return _thread_page(request, found, standing, 422, **more)


def _sent(request, thread: Thread, sent: Message | Draft) -> HttpResponse:
    """A fresh form and the message for a script, else back to the thread."""
    if isinstance(sent, Draft):
        return _waits(request, thread, sent)
    if forms.wants_part(request):
        line = queries.fresh(sent, request.actor, has_files=True)
        context: dict = {"composer": composer(request, thread), "sent": line, "thread": thread}
        return render(request, "messaging/parts/sent.html", context)
    return redirect(reverse("messaging:thread", args=[thread.pk]) + f"#m-{sent.pk}")


def _waits(request, thread: Thread, sent: Draft) -> HttpResponse:
    """The same for a message that leaves later."""
    said = forms.leaves(sent)
    if forms.wants_part(request):
        context = {"composer": composer(request, thread), "said": said, "thread": thread}
        return render(request, "messaging/parts/sent.html", context)
    flash(request, said)
    return redirect("messaging:thread", thread.pk)


@page(permissions.WRITE, obj="thread", methods=("POST",))
def post(request, thread_id: UUID) -> HttpResponse:
    """Write in a thread, at once or later."""
    found = access.writable(request.actor, thread_id)
    typed = _typed(request)
    try:
        sent = _send(request, found, typed)
    except Invalid as refused:
        return _refused(request, found, typed, refused.errors)
    return _sent(request, found, sent)


@page(permissions.WRITE, obj="thread", methods=("POST",))
def draft(request, thread_id: UUID) -> HttpResponse:
    """Keep what is being written."""
    found = access.writable(request.actor, thread_id)
    actions.save_draft(request.actor, found, request.POST.get("body", ""), as_uuid(request.POST.get("reply_to", "")))
    return HttpResponse(status=204)


@page(permissions.READ, obj="thread", methods=("POST",))
def read(request, thread_id: UUID) -> HttpResponse:
    """Note how far the actor has read."""
    found = access.own_thread(request.actor, thread_id)
    actions.mark_read(request.actor, found, forms.number(request.POST.get("n", "")))
    return HttpResponse(status=204)


@page(permissions.READ, obj="thread")
def readers(request, thread_id: UUID) -> HttpResponse:
    """Who has read a thread to its end, for a page on which somebody reads it for the first time."""
    found = access.own_thread(request.actor, thread_id)
    newest = queries.numbered(found, found.last_number, found.last_number)
    lines = queries.lines(newest, found.kind, in_portal=request.actor.is_portal)
    context = {
        "thread": found, "receipts": queries.read_by(request.actor, found), "newest_side": queries.newest_side(lines),
    }  # fmt: skip
    return render(request, "messaging/parts/readers.html", context)


@page(permissions.READ, obj="thread")
def row(request, thread_id: UUID) -> HttpResponse:
    """A thread's line in the list, for a page that was told of news."""
    found = access.own_thread(request.actor, thread_id)
    return render(request, "messaging/parts/row.html", {"row": queries.row_of(request.actor, found)})


@page(permissions.READ, obj="thread")
def names(request, thread_id: UUID) -> HttpResponse:
    """Whom a message in a thread may mention, by name."""
    found = access.own_thread(request.actor, thread_id)
    return JsonResponse({"people": [one.name for one in queries.room_people(found) if one.pk != request.actor.id]})


@page(permissions.READ)
def unread_count(request) -> HttpResponse:
    """How many messages are unread, for the badge of an open page."""
    return JsonResponse({"messages": queries.unread_total(request.actor)})

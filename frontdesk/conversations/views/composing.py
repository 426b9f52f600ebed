"""The form to write in a conversation: an answer that leaves, or a note that stays."""

from uuid import UUID, uuid4

from django.utils import timezone

from frontdesk.activity.sentences import as_uuid
from frontdesk.core.errors import Missing
from frontdesk.messaging import queries as threads
from frontdesk.messaging.models import Draft, Message, Thread

from .. import framing, reaching
from ..models import Conversation
from ..placeholders import Occasion, fill
from ..saved.access import get_reply

REPLY, NOTE = "reply", "note"


def mode_of(request) -> str:
    """Whether the form is for an answer or a note."""
    return NOTE if request.GET.get("write") == NOTE or request.path.endswith("/note/") else REPLY


def thread_of(conversation: Conversation, mode: str) -> Thread:
    """The thread in which the form writes."""
    return conversation.notes if mode == NOTE else conversation.thread


def composer(request, conversation: Conversation, **more) -> dict:
    """What the form shows; `more` are what was typed and why it was refused."""
    mode = more.get("mode") or mode_of(request)
    thread = thread_of(conversation, mode)
    draft = threads.draft_of(request.actor, thread)
    typed = more.get("typed") or _from_draft(draft)
    ways = reaching.ways(conversation) if mode == REPLY else []
    way = _way(ways, typed["way"])
    if not more and mode == REPLY and (chosen := as_uuid(request.GET.get("saved", ""))):
        typed["body"] = _with_saved(request.actor, conversation, typed["body"], chosen, way)
    return {
        "mode": mode, "thread": thread, "conversation": conversation, "body": typed["body"], "typed": typed,
        "reply": _quoted(request, conversation, typed), "key": typed["key"] or str(uuid4()), "ways": ways, "way": way,
        "refused": _refused(ways), **_by_way(conversation, ways),
        "measure": framing.measure(way.channel.key, typed["body"]) if way else None,
        "waiting": threads.scheduled_in(request.actor, thread), "errors": more.get("errors", {}),
        "kept": more.get("kept", ()), "last": conversation.thread.last_number,
        "now": timezone.localtime(),
    }  # fmt: skip


def _from_draft(draft: Draft | None) -> dict:
    details = draft.details if draft else {}
    return {
        "body": draft.body if draft else "", "reply_to": str(draft.reply_to_id or "") if draft else "", "key": "",
        "send_at": "", "way": str(details.get("way", "")), "subject": str(details.get("subject", "")),
    }  # fmt: skip


def _with_saved(actor, conversation: Conversation, body: str, reply_id: UUID, way: reaching.Way | None) -> str:
    """What was begun, followed by a saved reply that was chosen without a script."""
    try:
        reply = get_reply(actor, reply_id)
    except Missing:
        return body
    filled = fill(reply.text, Occasion(actor, conversation.client, way.reach.contact_id if way else None))
    return f"{body}\n\n{filled.text}".strip()


def _way(ways: list[reaching.Way], value: str) -> reaching.Way | None:
    open_ways = [way for way in ways if not way.refused]
    return next((way for way in open_ways if way.value == value), next(iter(open_ways), None))


def _refused(ways: list[reaching.Way]) -> list[reaching.Way]:
    """One way of each channel by which nothing may go, to say why."""
    return list({way.channel.key: way for way in ways if way.refused}.values())


def _by_way(conversation: Conversation, ways: list[reaching.Way]) -> dict:
    """What the form shows beside some ways only, each with these ways as `data-when-values` names them."""
    subjects = [way for way in ways if way.channel.has_subject]
    hinting = {way.channel.key: way for way in ways if way.hint and not way.refused}.values()
    return {
        "with_subject": _values(subjects), "had_subject": bool(subjects and framing.last_subject(conversation)),
        "shown": _values([way for way in ways if way.channel.send]),
        "measured": any(way.channel.measure for way in ways),
        "hints": [
            (_values([one for one in ways if one.channel == way.channel]), way.channel.label, way.hint)
            for way in hinting
        ],
    }  # fmt: skip


def _values(ways: list[reaching.Way]) -> str:
    return " ".join(way.value for way in ways)


def _quoted(request, conversation: Conversation, typed: dict):
    """The message to which the form answers."""
    wanted = as_uuid(typed["reply_to"] or request.GET.get("reply", ""))
    if wanted is None:
        return None
    found = Message.objects.filter(pk=wanted, deleted_at=None, thread_id=thread_of(conversation, REPLY).pk)
    return next(iter(threads.lines(list(found.select_related("author")))), None)

"""What follows from a message in a conversation: how it leaves, and how the conversation stands after it."""

from uuid import UUID

from frontdesk.activity.spine import record
from frontdesk.channels.actions import Letter, queue
from frontdesk.channels.models import Dispatch
from frontdesk.channels.queries import why_no_files
from frontdesk.core.errors import Conflict, Invalid
from frontdesk.core.fold import clean
from frontdesk.core.jobs import registry
from frontdesk.core.jobs.queue import enqueue
from frontdesk.core.permissions import TEAM
from frontdesk.core.text import gettext as _
from frontdesk.files.models import StoredFile
from frontdesk.messaging.formatting import excerpt
from frontdesk.messaging.models import Message, Thread

from . import framing, reaching, telling
from .assigning import hand
from .handlers import AWAY_REPLY
from .models import Conversation, Envelope, InboxRule, State
from .placeholders import refuse_unfilled
from .routing import give_by_rule, rule_of

CAUSE = "message"


def files_of(message_id: UUID) -> list[StoredFile]:
    """The files that go with a message."""
    return list(StoredFile.objects.filter(place="message", place_id=message_id).order_by("position", "pk"))


def _conversation(thread: Thread) -> Conversation:
    """The conversation of a thread, held until the caller's transaction ends."""
    found = Conversation.objects.select_for_update(of=("self",)).select_related("client", "assignee")
    conversation = found.get(thread_id=thread.pk)
    conversation.thread = thread
    return conversation


def posted(actor, thread: Thread, message: Message, details: dict) -> None:
    """Send what the team wrote by the chosen way; take in what the client wrote.

    `details` of the team are `way` (see `reaching.Way.value`) and `subject`; what arrived brings its `envelope`.
    """
    conversation = _conversation(thread)
    envelope = details.get("envelope")
    if "automatic" in details:
        answer_automatically(actor, conversation, message, details["automatic"], str(details.get("subject", "")))
    elif envelope is not None or actor.is_portal:
        take_in(actor, conversation, message, envelope or Envelope(outgoing=False, channel=reaching.PORTAL))
    else:
        refuse_second(actor, message, details.get("last_seen_number"))
        answer(actor, conversation, message, str(details.get("way", "")), str(details.get("subject", "")))


def refuse_second(actor, message: Message, last_seen: int | None) -> None:
    """Raise Conflict when a colleague answered after the last message that the writer has seen.

    Asked under the lock of the thread, so that of two who send at once the second one is told.
    """
    if last_seen is None:
        return
    since = Message.objects.filter(
        thread_id=message.thread_id, number__gt=last_seen, number__lt=message.number, author__role__in=TEAM,
        deleted_at=None,
    )  # fmt: skip
    other = since.exclude(author_id=actor.id).select_related("author").order_by("-number").first()
    if other is not None:
        said = _("%(name)s answered meanwhile: “%(text)s”", name=other.writer, text=excerpt(other.html))
        raise Conflict({"last_seen_number": [said]})


def answer(actor, conversation: Conversation, message: Message, value: str, subject: str) -> None:
    """Have a message of the team's leave; raises Invalid when it cannot by this way."""
    refuse_unfilled(message.body)
    way = reaching.chosen(conversation, value)
    if way is None:
        raise Invalid({"way": [_no_way(conversation, value)]})
    if way.refused:
        raise Invalid({"way": [way.refused]})
    if why := why_no_files(way.channel.key, files_of(message.pk)):
        raise Invalid({"files": [why]})
    _leave(actor, conversation, message, way, subject)
    conversation.channel, conversation.last_at, conversation.waiting_since = way.channel.key, message.posted_at, None
    _reopen(actor, conversation)
    if conversation.assignee_id is None and actor.id is not None:
        hand(actor, conversation, actor.id)
    conversation.save()
    telling.tell_inbox(conversation)


def answer_automatically(actor, conversation: Conversation, message: Message, way: reaching.Way, subject: str) -> None:
    """Have a message leave that no person wrote: whoever waits for an answer goes on waiting."""
    _leave(actor, conversation, message, way, subject, automatic=True)
    conversation.last_at = message.posted_at
    conversation.save(update_fields=["last_at"])
    telling.tell_inbox(conversation)


def _leave(
    actor, conversation: Conversation, message: Message, way: reaching.Way, subject: str, automatic: bool = False
) -> None:
    """Queue a message where its channel sends, and note its way."""
    subject = clean(subject)
    dispatch = _dispatch(actor, conversation, message, way, subject, automatic) if way.channel.send else None
    Envelope.objects.create(
        account_id=message.account_id, message=message, outgoing=True, channel=way.channel.key,
        address=way.reach.address if way.channel.send else "", contact_id=way.reach.contact_id,
        subject=subject[:400] if way.channel.has_subject else "", dispatch=dispatch, automatic=automatic,
    )  # fmt: skip


def _no_way(conversation: Conversation, value: str) -> str:
    if value:
        return _("This address is no longer known. Choose another one.")
    return _("There is no way to write to %(the_client)s: add an e-mail address or a mobile number, or invite them.")


def _dispatch(
    actor, conversation: Conversation, message: Message, way: reaching.Way, subject: str, automatic: bool
) -> Dispatch:
    html = message.html if way.channel.has_html else ""
    # What a machine writes is whole as it is.
    plain = framing.Rendered(subject, message.body, html, "")
    shown = plain if automatic else framing.rendered(actor, conversation, way, message.body, html, subject)
    letter = Letter(
        channel=way.channel.key, reach=way.reach, text=shown.text, html=shown.html, subject=shown.subject,
        cause=CAUSE, cause_id=message.pk, key=f"{CAUSE}:{message.pk}", purpose=way.purpose,
        client=conversation.client, thread=conversation.pk, headers=_headers(way, shown, automatic),
    )  # fmt: skip
    return queue(actor, letter)


def _headers(way: reaching.Way, shown: framing.Rendered, automatic: bool) -> dict[str, str]:
    if not way.channel.has_subject:
        return {}
    return {"Auto-Submitted": "auto-replied"} if automatic else {"Content-Language": shown.language}


def take_in(actor, conversation: Conversation, message: Message, envelope: Envelope) -> None:
    """Note how a client's message came, and have somebody answer it.

    An automatic answer brings nothing back that is closed or snoozed, and nobody waits for an answer to it.
    """
    envelope.account_id, envelope.message = message.account_id, message
    envelope.save(force_insert=True)
    conversation.channel, conversation.last_at = envelope.channel, message.posted_at
    if not envelope.automatic:
        conversation.waiting_since = conversation.waiting_since or message.posted_at
        _reopen(actor, conversation)
    conversation.save()
    telling.tell_inbox(conversation)
    if not envelope.automatic:
        give_by_rule(actor, conversation)
        if envelope.verified and not conversation.unconfirmed and rule_of().away_reply != InboxRule.AwayReply.NEVER:
            enqueue(registry.named(AWAY_REPLY), message_id=str(message.pk))


def _reopen(actor, conversation: Conversation) -> None:
    """What is said in a closed or snoozed conversation opens it."""
    if conversation.state == State.OPEN:
        return
    first = conversation.closed_at is None and conversation.snoozed_until is None
    conversation.state, conversation.snoozed_until, conversation.closed_at = State.OPEN, None, None
    verb = "conversation.opened" if first else "conversation.reopened"
    record(actor, verb, subject_id=conversation.pk, client_id=conversation.client_id)


def noted(actor, thread: Thread, message: Message, details: dict) -> None:
    """A note of the team's: the open inboxes show that there is one."""
    conversation = Conversation.objects.select_related("client").get(notes_id=thread.pk)
    telling.tell_inbox(conversation)

"""Telling a client who wrote that their colleague is away; at most once for each absence, and once a day."""

from datetime import timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from frontdesk.accounts.away import away_now
from frontdesk.accounts.mails import speaking, written
from frontdesk.accounts.middleware import zone_of
from frontdesk.accounts.models import Account, Member, System
from frontdesk.accounts.registry import MailKind, mail_kinds
from frontdesk.channels.queries import why_not
from frontdesk.clients.models import Assignment, Contact
from frontdesk.core.errors import Invalid
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.messaging.actions import post
from frontdesk.messaging.actions.posting import MessageInput
from frontdesk.messaging.models import Thread
from frontdesk.ui.formats import date

from . import reaching
from .models import Conversation, Envelope, InboxRule
from .routing import rule_of

PAUSE = timedelta(days=1)
Wish, Rule = InboxRule.AwayReply, InboxRule.Rule


def until(member: Member) -> str:
    """Until when somebody is away, as a sentence; "" when nobody knows or clients are not told."""
    if member.away_until is None or not member.away_shown:
        return ""
    with timezone.override(zone_of(member)):
        return _("%(name)s is away until %(date)s.", name=member.name, date=date(member.away_until, "full"))


def _values(member: Member, contact: str) -> dict[str, str]:
    return {
        "name": contact, "colleague": member.name, "until": until(member),
        "message": member.away_message if member.away_shown else "", "business": member.account.name,
    }  # fmt: skip


def _sample(actor) -> dict[str, str]:
    back = _("%(name)s is away until %(date)s.", name=actor.name, date=date(timezone.now() + timedelta(days=7), "full"))
    return {
        "name": _("Maria Ionescu"), "colleague": actor.name, "until": back,
        "message": _("For anything urgent, call the office."), "business": actor.account.name,
    }  # fmt: skip


AWAY = MailKind(
    key="away", label=_lazy("Automatic reply while away"),
    text=_lazy("Answers %(a_client)s whose colleague is away, by the way they wrote"),
    placeholders={
        "name": _lazy("Name of the contact who wrote"), "colleague": _lazy("Name of the colleague who is away"),
        "until": _lazy("A sentence that says until when; nothing when that is open or not shown to %(clients)s"),
        "message": _lazy("What the colleague wrote for the absence, when it is shown to %(clients)s"),
        "business": _lazy("Name of your business"),
    },
    subject=_lazy("Automatic reply from {business}"),
    body=_lazy("""Hello {name},

thank you for your message. {colleague} is away at the moment and will read it after coming back.

{until}

{message}

This is an automatic reply from {business}."""),
    action="", sample=_sample, order=60,
)  # fmt: skip


def reply(account: Account, message_id: UUID) -> None:
    """Answer a message of a client's, if whoever has their conversation is away and the account wants it."""
    came = Envelope.objects.filter(message_id=message_id, outgoing=False, automatic=False, verified=True)
    envelope = came.select_related("message__thread").first()
    if envelope is None or rule_of().away_reply == Wish.NEVER:
        return
    with transaction.atomic():
        # The thread first, as whoever posts does: of two who hold each what the other wants, one would fail.
        Thread.objects.select_for_update().filter(pk=envelope.message.thread_id).first()
        held = Conversation.objects.select_for_update(of=("self",)).select_related("client__account")
        conversation = held.filter(thread_id=envelope.message.thread_id, former=False, unconfirmed=False).first()
        member = _absent(conversation) if conversation else None
        if conversation is None or member is None or _told(conversation, member):
            return
        way = _way(conversation, envelope)
        if way is not None:
            conversation.thread = envelope.message.thread
            _post(account, conversation, envelope, way, member)


def _absent(conversation: Conversation) -> Member | None:
    """Who should have answered and is away: with a deputy only where the account always wants a reply."""
    if conversation.assignee_id:
        wanted = [conversation.assignee_id]
        if conversation.handed_by_id and rule_of().away_reply == Wish.ALWAYS:
            wanted.append(conversation.handed_by_id)
    elif rule_of().rule == Rule.SERVING:
        serving = Assignment.objects.filter(client_id=conversation.client_id).order_by("assigned_at")
        wanted = list(serving.values_list("member_id", flat=True))
    else:
        return None
    away = away_now(wanted)
    found = next((away[pk] for pk in wanted if pk in away), None)
    # Of several who serve a client one is enough.
    return None if conversation.assignee_id is None and len(away) < len(set(wanted)) else found


def _told(conversation: Conversation, member: Member) -> bool:
    """Whether the client heard of this absence already, or of another one within a day."""
    since = min(member.away_from or timezone.now(), timezone.now() - PAUSE)
    sent = Envelope.objects.filter(message__thread_id=conversation.thread_id, outgoing=True, automatic=True)
    return sent.filter(message__posted_at__gte=since).exists()


def _way(conversation: Conversation, envelope: Envelope) -> reaching.Way | None:
    """The way by which the message came, when something may leave by it at once."""
    for way in reaching.ways(conversation):
        same = way.channel.key == envelope.channel and (not way.channel.send or way.reach.address == envelope.address)
        if same and not way.refused and not (way.channel.send and why_not(way.channel.key)):
            return way
    return None


def _post(account: Account, conversation: Conversation, envelope: Envelope, way: reaching.Way, member: Member) -> None:
    name = Contact.objects.filter(pk=envelope.contact_id).values_list("name", flat=True).first()
    language = conversation.client.language or account.language
    with speaking(account, language):
        text = written(account, AWAY, _values(member, name or envelope.message.writer or conversation.client.name))
    typed = MessageInput(
        "\n\n".join(text.paragraphs), key=uuid5(envelope.message_id, "away"), signed=account.name[:160], plain=True,
        details={"automatic": way, "subject": text.subject},
    )  # fmt: skip
    try:
        post(System(account), conversation.thread, typed)
    except Invalid:
        # Too long for a text message, or the client was unsubscribed meanwhile: people answer, no machine does.
        return


def register() -> None:
    """Called once at start-up."""
    mail_kinds.register(AWAY.key, AWAY)

"""By what channels and addresses a client can be written to, and what speaks against each of them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from frontdesk.channels.queries import barred, why_not
from frontdesk.channels.registry import Channel, Reach, channels
from frontdesk.clients.models import Client
from frontdesk.clients.subscriptions.models import Channel as Subscribed
from frontdesk.clients.subscriptions.models import Purpose
from frontdesk.clients.subscriptions.rule import TRANSACTIONAL
from frontdesk.core.tenancy.prepared import Prepared
from frontdesk.core.text import gettext as _

from .models import Conversation, Envelope

PORTAL = "portal"
# For so long after the client's own message an answer is what they just asked for, not a message of the business's own.
ANSWERING = timedelta(days=30)


@dataclass(frozen=True)
class Way:
    """A channel with an address. `refused` says why nothing may go there; `hint` what to know before one writes."""

    channel: Channel
    reach: Reach
    purpose: str
    refused: str = ""
    hint: str = ""

    @property
    def value(self) -> str:
        """As a form names it."""
        return f"{self.channel.key}:{self.reach.address}"

    @property
    def label(self) -> str:
        """As people choose it."""
        if self.channel.key == PORTAL:
            return str(self.channel.label)
        who = f" ({self.reach.name})" if self.reach.name else ""
        return f"{self.channel.label} · {self.reach.shown}{who}"


def _newest(thread_id: UUID, channel: str):
    found = Envelope.objects.filter(message__thread_id=thread_id, channel=channel)
    return found.order_by("-message__number")


CAME = Prepared(
    lambda thread_id, channel: (
        _newest(thread_id, channel)
        .filter(outgoing=False, verified=True, automatic=False)
        .values_list("message__posted_at")[:1]
    )
)
WROTE = Prepared(
    lambda thread_id: (
        Envelope.objects.filter(message__thread_id=thread_id, outgoing=False, automatic=False)
        .order_by("-message__number")
        .values_list("channel", "address")[:1]
    )
)
ADDRESS = Prepared(lambda thread_id, channel: _newest(thread_id, channel).values_list("address")[:1])


def _answers(conversation: Conversation, channel: str) -> bool:
    """Whether the client wrote by this channel not long ago; a machine of theirs asks for no answer."""
    came = CAME(conversation.thread_id, channel)
    return bool(came) and came[0][0] > timezone.now() - ANSWERING


def purpose_of(conversation: Conversation, channel: str) -> str:
    """What a message would be for: an answer is transactional, anything else a service message.

    Who ended text messages gets none, also no answer: carriers block them, and the word is meant so.
    """
    if channel == Subscribed.SMS or not _answers(conversation, channel):
        return str(Purpose.SERVICE.value)
    return TRANSACTIONAL


def _why_refused(client: Client, channel: str, purpose: str) -> str:
    found = barred(client, channel, purpose)
    return found.text if found else ""


def _hint(channel: Channel) -> str:
    missing = why_not(channel.key) if channel.send else ""
    return _("Not set up yet: the message will wait in the outbox.") if missing else ""


def ways(conversation: Conversation) -> list[Way]:
    """Every way to the client: the one by which they wrote last first, then by channel, the primary address first."""
    client, found = conversation.client, []
    for channel in channels:
        reaches = channel.reaches([client.pk]).get(client.pk, [])
        if not reaches:
            continue
        purpose = purpose_of(conversation, channel.key)
        refused, hint = _why_refused(client, channel.key, purpose), _hint(channel)
        found += [Way(channel, reach, purpose, refused, hint) for reach in reaches]
    channel_key, address = _last(conversation)
    return sorted(found, key=lambda way: _rank(way, channel_key, address))


def _rank(way: Way, channel: str, address: str) -> tuple[Any, ...]:
    return (bool(way.refused), way.channel.key != channel, way.reach.address != address, not way.reach.primary)


def _last(conversation: Conversation) -> tuple[str, str]:
    """Channel and address by which the client wrote last; of who never wrote, those of the newest message to them."""
    if wrote := WROTE(conversation.thread_id):
        return wrote[0]
    found = ADDRESS(conversation.thread_id, conversation.channel)
    return conversation.channel, found[0][0] if found else ""


def chosen(conversation: Conversation, value: str) -> Way | None:
    """The way that a form names, the best one when it names none; None when there is no such way."""
    found = ways(conversation)
    if not value:
        return found[0] if found else None
    return next((way for way in found if way.value == value), None)

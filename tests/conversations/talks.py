"""Conversations of tests: what arrives, what is answered."""

import uuid
from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone

from frontdesk.channels.registry import Incoming
from frontdesk.conversations import access, actions
from frontdesk.conversations.models import Conversation
from frontdesk.conversations.opening import conversation_with
from frontdesk.messaging.actions.posting import MessageInput

MARIA = "maria@example.com"
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def mail(sender: str = MARIA, text: str = "When can you come?", **more) -> Incoming:
    """An e-mail as its channel hands it over."""
    given = (
        {"verified": True, "sender_name": "", "subject": "The boiler", "at": timezone.now()}
        | {"channel": "email"}
        | more
    )
    return Incoming(arrival_id=uuid.uuid4(), sender=sender, text=text, **given)


def arrive(account, incoming: Incoming) -> Conversation:
    """Take a message in; the conversation where it went."""
    with transaction.atomic():
        receipt = actions.receive(account, incoming)
    return Conversation.objects.select_related("client", "thread", "notes").get(
        client_id=receipt.client_id, former=False
    )


def begun(client) -> Conversation:
    """The conversation with a client."""
    return conversation_with(client)


def answer(actor, conversation: Conversation, text: str, files: tuple[uuid.UUID, ...] = (), **details):
    """Write to the client."""
    fresh = access.writable(actor, conversation.pk)
    return actions.reply(actor, fresh, MessageInput(text, key=uuid.uuid4(), files=files, details=details))

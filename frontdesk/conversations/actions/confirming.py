"""Saying that the sender of a conversation is who they say."""

from django.db import transaction

from frontdesk.activity.spine import record

from .. import access, permissions, telling
from ..models import Conversation


def confirm_sender(actor, conversation: Conversation) -> Conversation:
    """Note that somebody of the team knows who writes here; doing it twice is doing it once."""
    access.require(actor, permissions.HANDLE)
    if not conversation.unconfirmed:
        return conversation
    with transaction.atomic():
        conversation.unconfirmed = False
        conversation.save(update_fields=["unconfirmed"])
        record(actor, "conversation.confirmed", subject_id=conversation.pk, client_id=conversation.client_id)
        telling.tell_inbox(conversation)
    return conversation

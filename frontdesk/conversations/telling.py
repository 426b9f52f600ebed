"""Telling the team's open inboxes that a conversation stands otherwise."""

from frontdesk.accounts.models import Role
from frontdesk.clients.access import sees_all
from frontdesk.clients.models import Assignment
from frontdesk.core.tenancy.prepared import Prepared
from frontdesk.live.publishing import publish_many

from .models import Conversation

TOPIC = "inbox"
SERVING = Prepared(
    lambda client_id: Assignment.objects.filter(client_id=client_id, member__role=Role.COWORKER).values_list(
        "member_id"
    )
)


def followed(actor) -> str:
    """The topic by which an actor's open inbox is told: "" for those whom their own topic tells."""
    return TOPIC if actor.is_team and sees_all(actor) else ""


def tell_inbox(conversation: Conversation) -> None:
    """Publish, in the caller's transaction, to the office and to the co-workers who serve the client."""
    data = {"conversation": str(conversation.pk), "state": conversation.state}
    topics = [TOPIC, *(f"me:{member_id}" for (member_id,) in SERVING(conversation.client_id))]
    publish_many(conversation.account_id, [(topic, TOPIC, data) for topic in topics])

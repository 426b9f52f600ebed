"""What stands beside a conversation: who the client is, how to reach them, who serves them."""

from dataclasses import dataclass

from frontdesk.clients.models import Client, Contact
from frontdesk.clients.queries import contacts_of, serving_now, tags_of
from frontdesk.core.tenancy.prepared import PreparedObjects
from frontdesk.messaging.models import Thread

from ..models import Conversation


@dataclass(frozen=True)
class Panel:
    """The client with contacts, tags, the colleagues who serve it, and conversations of clients merged into it."""

    client: Client
    contacts: list[Contact]
    tags: list[dict]
    serving: list[dict]
    former: list[Conversation]


FORMER = PreparedObjects(
    Conversation, {"thread": Thread},
    lambda client_id: (
        Conversation.objects.filter(client_id=client_id, last_at__isnull=False).order_by("-last_at", "-pk")[:11]
    ),
)  # fmt: skip


def panel(conversation: Conversation) -> Panel:
    """The panel of a conversation that `access` gave."""
    client = conversation.client
    former = [one for one in FORMER(client.pk) if one.pk != conversation.pk]
    return Panel(
        client, contacts_of(client), tags_of([client.pk]).get(client.pk, []), serving_now(client),
        former[:10],
    )  # fmt: skip

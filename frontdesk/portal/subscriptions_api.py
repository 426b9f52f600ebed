"""REST: which messages a client gets, for the client itself."""

from uuid import UUID

from ninja import Router
from pydantic import Field

from frontdesk.clients.access import get_client
from frontdesk.clients.permissions import PORTAL_SUBSCRIPTIONS
from frontdesk.clients.subscriptions.actions import choose
from frontdesk.clients.subscriptions.api import MESSAGES, KindName, SubscriptionsOut, subscriptions_out
from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input

router = Router(tags=["Portal"])
OWN = "/portal/clients/{uuid:client_id}/subscriptions"


class OwnMessagesIn(Input):
    """The kinds of messages that are wanted; all others are not."""

    messages: list[KindName] = Field(max_length=20, description=MESSAGES)


@operation(
    router, "GET", OWN, right=PORTAL_SUBSCRIPTIONS, obj="client", answer=SubscriptionsOut,
    summary="See own subscriptions",
)  # fmt: skip
def get_own_subscriptions(request, client_id: UUID):
    """Which messages the client gets."""
    return answer(subscriptions_out(get_client(request.actor, client_id, PORTAL_SUBSCRIPTIONS)))


@operation(
    router, "PUT", OWN, right=PORTAL_SUBSCRIPTIONS, obj="client", answer=SubscriptionsOut,
    summary="Choose own subscriptions",
)  # fmt: skip
def set_own_subscriptions(request, client_id: UUID, body: OwnMessagesIn):
    """Get exactly these messages from now on."""
    client = get_client(request.actor, client_id, PORTAL_SUBSCRIPTIONS)
    choose(request.actor, client, body.messages)
    return answer(subscriptions_out(client))

"""REST: subscriptions to messages."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input, Paging, Schema

from .. import access, permissions
from ..models import Client
from . import actions, queries, rule
from .models import Source

router = Router(tags=["Subscriptions"])
ONE = "/clients/{uuid:client_id}/subscriptions"
MESSAGES = "Channel and purpose: email.service, sms.service, email.marketing, sms.marketing."
KindName = Literal["email.service", "sms.service", "email.marketing", "sms.marketing"]


class MessagesIn(Input):
    """Kinds of messages; every kind when it is left out."""

    messages: list[KindName] | None = Field(None, max_length=20, description=MESSAGES)


class SubscriptionOut(Schema):
    """What counts for one kind of message; `since` and `source` are null where nobody ever said anything.

    `reason` says why nothing may be sent, "" where it may.
    """

    channel: str
    purpose: str
    subscribed: bool
    since: datetime | None
    source: str | None
    reason: str


class SubscriptionsOut(Schema):
    """All kinds of messages."""

    unsubscribed_from_all: bool
    data: list[SubscriptionOut]


class EventOut(Schema):
    """One change; `address` is the e-mail address or phone number that it came from, where it is known."""

    id: UUID
    channel: str
    purpose: str
    subscribed: bool
    at: datetime
    source: str
    member_id: UUID | None
    address: str


class EventRows(Schema):
    """Newest first; `next` is the `after` of the following page, null on the last."""

    data: list[EventOut]
    next: str | None


def subscriptions_out(client: Client) -> dict:
    """A SubscriptionsOut."""
    rows = [
        {
            "channel": state.channel, "purpose": state.purpose, "subscribed": state.subscribed, "since": state.since,
            "source": state.source or None, "reason": state.answer.reason,
        }
        for state in rule.states_of(client)
    ]  # fmt: skip
    said = Client.objects.filter(pk=client.pk, unsubscribed=True).exists()
    return {"unsubscribed_from_all": said, "data": rows}


def _event_out(event) -> dict:
    return {name: getattr(event, name) for name in EventOut.model_fields}


@operation(
    router, "GET", ONE, right=permissions.VIEW, obj="client", answer=SubscriptionsOut, summary="Read subscriptions"
)
def read_subscriptions(request, client_id: UUID):
    """Which messages the client gets, and why not the others."""
    return answer(subscriptions_out(access.get_client(request.actor, client_id)))


@operation(
    router, "GET", ONE + "/history", right=permissions.VIEW, obj="client", answer=EventRows,
    summary="List changes of subscriptions",
)  # fmt: skip
def list_events(request, client_id: UUID, query: Query[Paging]):
    """Everything that happened to the client's subscriptions."""
    client = access.get_client(request.actor, client_id)
    found = queries.events_of(client, after=query.after, limit=query.limit)
    return answer({"data": [_event_out(row) for row in found.rows], "next": found.after})


def _changed(request, client_id: UUID, verb, body: MessagesIn):
    client = access.get_client(request.actor, client_id, permissions.EDIT)
    kinds = rule.KINDS if body.messages is None else actions.clean_kinds(body.messages)
    verb(request.actor, client, kinds, source=Source.API.value)
    return answer(subscriptions_out(client))


@operation(
    router, "POST", ONE + "/unsubscribe", right=permissions.EDIT, obj="client", answer=SubscriptionsOut,
    summary="Unsubscribe a client",
)  # fmt: skip
def unsubscribe(request, client_id: UUID, body: MessagesIn):
    """Send the client these messages no more."""
    return _changed(request, client_id, actions.unsubscribe, body)


@operation(
    router, "POST", ONE + "/resubscribe", right=permissions.EDIT, obj="client", answer=SubscriptionsOut,
    summary="Subscribe a client again",
)  # fmt: skip
def resubscribe(request, client_id: UUID, body: MessagesIn):
    """Send the client these messages again, because they asked for it."""
    return _changed(request, client_id, actions.resubscribe, body)

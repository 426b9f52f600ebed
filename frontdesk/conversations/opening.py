"""Conversations, made when something is first said; in the caller's transaction or one of their own."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from frontdesk.accounts.models import Member
from frontdesk.clients.models import Client, ClientAccess
from frontdesk.core.tenancy.prepared import PreparedObjects
from frontdesk.live.publishing import rights_changed
from frontdesk.messaging.models import Thread
from frontdesk.teams.models import Team

from .models import NOTES, PUBLIC, Conversation, State

CURRENT = PreparedObjects(
    Conversation,
    {"client": Client, "thread": Thread, "notes": Thread, "assignee": Member, "team": Team},
    lambda client_id: Conversation.objects.filter(client_id=client_id, former=False),
)


def current(client_id: UUID) -> Conversation | None:
    """The conversation with a client that goes on, if there is one."""
    return next(iter(CURRENT(client_id)), None)


def conversation_with(client: Client, *, unconfirmed: bool = False) -> Conversation:
    """The conversation with a client, which is begun if there is none."""
    found = current(client.pk)
    if found is not None:
        return found
    with transaction.atomic():
        # Who comes second waits here, and finds what the first one made.
        Client.objects.select_for_update().filter(pk=client.pk).first()
        return current(client.pk) or _begin(client, unconfirmed)


def begin_with(client_ids: list[UUID]) -> None:
    """Begin the conversations with clients who have none, so that they find a place to write to the business."""
    known = Conversation.objects.filter(client_id__in=client_ids, former=False).values_list("client_id", flat=True)
    for client in Client.objects.filter(pk__in=set(client_ids) - set(known)):
        conversation_with(client)


def _begin(client: Client, unconfirmed: bool) -> Conversation:
    now = timezone.now()
    threads = [
        Thread.objects.create(account_id=client.account_id, kind=kind, client=client, last_at=now)
        for kind in (PUBLIC, NOTES)
    ]
    made = Conversation.objects.create(
        account_id=client.account_id, client=client, thread=threads[0], notes=threads[1], state=State.CLOSED,
        unconfirmed=unconfirmed,
    )  # fmt: skip
    own = list(ClientAccess.objects.filter(client_id=client.pk).values_list("member_id", flat=True))
    if own:
        rights_changed(client.account_id, own)
    return made

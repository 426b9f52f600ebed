"""The status of a client, and what follows from it for those who sign in for it."""

from django.db import transaction
from django.utils import timezone

from frontdesk.accounts import actions as accounts
from frontdesk.accounts.models import Member, MemberStatus, System
from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors

from .. import access, permissions
from ..models import Client, ClientAccess, Status
from .records import count


def _people(client: Client, status: str):
    ids = ClientAccess.objects.filter(client_id=client.pk).values("member_id")
    return Member.objects.filter(
        account_id=client.account_id, pk__in=list(ids.values_list("member_id", flat=True)), status=status
    )


def _has_another(member: Member, client: Client) -> bool:
    others = ClientAccess.objects.filter(member_id=member.pk).exclude(client_id=client.pk)
    return others.exclude(client__status=Status.INACTIVE).exists()


def follow(actor, client: Client) -> None:
    """Whoever signs in only for inactive clients is deactivated; activating the client lets them in again."""
    system = System(actor.account)
    if client.status == Status.INACTIVE:
        for member in _people(client, MemberStatus.ACTIVE):
            if not _has_another(member, client):
                accounts.deactivate(system, member)
        return
    for member in _people(client, MemberStatus.INACTIVE):
        if member.user_id:
            accounts.activate(system, member)


def set_status(actor, client: Client, status: str) -> Client:
    """Make a client active, inactive or a prospect; raises Invalid, Forbidden."""
    access.require(actor, permissions.EDIT)
    errors = Errors()
    errors.choice("status", status, Status)
    errors.raise_any()
    with transaction.atomic():
        before = Client.objects.select_for_update().get(pk=client.pk).status
        if before == status:
            return client
        client.status, client.updated_at = status, timezone.now()
        client.save(update_fields=["status", "updated_at"])
        count(actor.account_id, before, -1)
        count(actor.account_id, status, +1)
        record(actor, "client.status", subject_id=client.pk, client_id=client.pk, data={"from": before, "to": status})
        follow(actor, client)
    return client

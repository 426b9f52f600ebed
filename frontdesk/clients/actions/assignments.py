"""Who of the team serves a client."""

from uuid import UUID

from django.db import transaction

from frontdesk.accounts.models import Member, MemberStatus
from frontdesk.activity.spine import record
from frontdesk.core.errors import Invalid
from frontdesk.core.permissions import TEAM
from frontdesk.core.text import gettext as _

from .. import access, permissions
from ..models import Assignment, Client
from .ending import end_grants


def colleagues(actor, member_ids: list[UUID]) -> list[Member]:
    """Active members of the team by their ids; raises Invalid when one is none."""
    found = Member.objects.filter(account_id=actor.account_id, pk__in=member_ids, role__in=TEAM)
    chosen = list(found.exclude(status=MemberStatus.INACTIVE))
    if len(chosen) != len(set(member_ids)):
        raise Invalid({"members": [_("Choose active people of the team.")]})
    return chosen


def serve(actor, client: Client, member: Member) -> None:
    """Let a member serve a client whom they do not serve yet, in the caller's transaction; checks nothing."""
    Assignment.objects.create(
        account_id=actor.account_id,
        client=client,
        member=member,
        assigned_by_id=actor.id,
        sort_key=client.sort_key,
    )
    data = {"member": str(member.pk)}
    record(actor, "client.assigned", subject_id=client.pk, client_id=client.pk, data=data)


def assign(actor, client: Client, member_ids: list[UUID]) -> list[Member]:
    """Let members of the team serve a client (one activity each); raises Invalid, Forbidden."""
    access.require(actor, permissions.ASSIGN)
    chosen = colleagues(actor, member_ids)
    with transaction.atomic():
        present = set(Assignment.objects.filter(client_id=client.pk).values_list("member_id", flat=True))
        added = [member for member in chosen if member.pk not in present]
        for member in added:
            serve(actor, client, member)
    return added


def unassign(actor, client: Client, member_id: UUID) -> None:
    """End that a member serves a client; nothing happens when they did not. Raises Forbidden."""
    access.require(actor, permissions.ASSIGN)
    with transaction.atomic():
        if end_grants(actor, Assignment.objects.filter(client_id=client.pk, member_id=member_id)):
            data = {"member": str(member_id)}
            record(actor, "client.unassigned", subject_id=client.pk, client_id=client.pk, data=data)


def set_team(actor, client: Client, member_ids: set[UUID]) -> None:
    """Make these the members who serve a client; raises Invalid, Forbidden."""
    access.require(actor, permissions.ASSIGN)
    with transaction.atomic():
        present = set(Assignment.objects.filter(client_id=client.pk).values_list("member_id", flat=True))
        assign(actor, client, sorted(member_ids - present))
        for member_id in present - member_ids:
            unassign(actor, client, member_id)

"""Who follows whom; and who of some members is told of a client by what they follow."""

from collections import defaultdict
from uuid import UUID

from django.db.models import QuerySet

from frontdesk.accounts.models import Member
from frontdesk.core import paging
from frontdesk.core.permissions import OFFICE
from frontdesk.core.tenancy.context import current_account_id

from .. import access
from ..models import Assignment, Client
from .models import ClientFollow


def followed_ids(member_id: UUID, what: str) -> QuerySet:
    """The ids of the clients of whom a member follows this."""
    return ClientFollow.objects.filter(member_id=member_id, what=what).values("client_id")


def followers(client_id: UUID, what: str) -> QuerySet:
    """The ids of the members who follow this of a client."""
    return ClientFollow.objects.filter(client_id=client_id, what=what).values("member_id")


def follows(member_id: UUID, client_id: UUID) -> set[str]:
    """What a member follows of a client."""
    found = ClientFollow.objects.filter(member_id=member_id, client_id=client_id)
    return set(found.values_list("what", flat=True))


def followed(actor, *, after: str = "", before: str = "", limit: int = paging.LIMIT) -> paging.Page:
    """A page of (client, what is followed) that the actor follows, by name."""
    own = ClientFollow.objects.filter(member_id=actor.id)
    clients = access.clients_for(actor).filter(pk__in=own.values("client_id"))
    found = paging.page(clients, ["sort_key", "id"], after=after, before=before, limit=limit)
    kinds: dict[UUID, list[str]] = defaultdict(list)
    for client_id, what in own.filter(client_id__in=[one.pk for one in found.rows]).values_list("client_id", "what"):
        kinds[client_id].append(what)
    rows: list[tuple[Client, list[str]]] = [(client, sorted(kinds[client.pk])) for client in found.rows]
    return paging.Page(rows, found.after, found.before)


def told(client_id: UUID, what: str, members: set[UUID]) -> set[UUID]:
    """Those of the members who are told of a client: without the office, but for who follows or serves it."""
    office = Member.objects.filter(account_id=current_account_id(), pk__in=members, role__in=OFFICE)
    all_seeing = set(office.values_list("pk", flat=True))
    if not all_seeing:
        return members
    serving = Assignment.objects.filter(client_id=client_id, member_id__in=all_seeing).values_list(
        "member_id", flat=True
    )
    following = followers(client_id, what).filter(member_id__in=all_seeing).values_list("member_id", flat=True)
    return members - (all_seeing - set(serving) - set(following))

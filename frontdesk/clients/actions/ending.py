"""What let somebody see a client ends, and stays known: until when, and by whom."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.utils import timezone

from ..models import Assignment, Client, ClientAccess, PastGrant


def _past(actor, row: Assignment | ClientAccess) -> PastGrant:
    assigned = isinstance(row, Assignment)
    return PastGrant(
        account_id=row.account_id,
        client_id=row.client_id,
        member_id=row.member_id,
        kind=PastGrant.Kind.ASSIGNMENT if assigned else PastGrant.Kind.ACCESS,
        granted_at=row.assigned_at if assigned else row.granted_at,
        granted_by_id=row.assigned_by_id if assigned else row.granted_by_id,
        ended_at=timezone.now(),
        ended_by_id=actor.id,
    )


def end_grants(actor, rows: Iterable[Assignment | ClientAccess]) -> int:
    """Delete assignments or accesses and keep that they were, in the caller's transaction; the number of them."""
    ended = list(rows)
    PastGrant.objects.bulk_create([_past(actor, row) for row in ended])
    for model in (Assignment, ClientAccess):
        model.objects.filter(pk__in=[row.pk for row in ended if isinstance(row, model)]).delete()
    return len(ended)


def _holding(client_ids: list[UUID]) -> dict[UUID, Assignment]:
    return {row.pk: row for row in Assignment.objects.filter(client_id__in=client_ids)}


@contextmanager
def dated(actor, client_ids: list[UUID]) -> Iterator[None]:
    """Keep the dates of assignments true where rows come and go by themselves, as when a change is undone.

    One that goes has ended now; one that comes back begins now, since nobody saw anything by it in between.
    """
    before = _holding(client_ids)
    yield
    after = _holding(client_ids)
    there = set(Client.objects.filter(pk__in=client_ids).values_list("pk", flat=True))
    gone = [row for key, row in before.items() if key not in after and row.client_id in there]
    PastGrant.objects.bulk_create([_past(actor, row) for row in gone])
    back = [key for key in after if key not in before]
    Assignment.objects.filter(pk__in=back).update(assigned_at=timezone.now(), assigned_by_id=actor.id)

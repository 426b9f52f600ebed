"""Who comes to a room later reads its past when they like: none of it is new to them."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from frontdesk.core.ids import uuid7s
from frontdesk.core.tenancy.bulk import bulk_insert

from .models import ReadMark, Room

ROWS_AT_ONCE = 500


def _news(client_ids: set[UUID | None]) -> dict[UUID | None, tuple[UUID, int]]:
    """Client id -> thread and newest number of its room, None -> of the company's; where something was said."""
    found: dict[UUID | None, tuple[UUID, int]] = {}
    wanted = [client_id for client_id in client_ids if client_id]
    said = Room.objects.filter(thread__last_number__gt=0)
    for start in range(0, len(wanted), ROWS_AT_ONCE):
        some = said.filter(
            kind=Room.Kind.CLIENT, former=False, thread__client_id__in=wanted[start : start + ROWS_AT_ONCE]
        )
        for client_id, thread_id, number in some.values_list("thread__client_id", "thread_id", "thread__last_number"):
            found[client_id] = (thread_id, number)
    if None in client_ids:
        company = said.filter(kind=Room.Kind.COMPANY).values_list("thread_id", "thread__last_number").first()
        if company:
            found[None] = company
    return found


def begin_read(joined: Iterable[tuple[UUID | None, UUID]]) -> None:
    """Mark rooms as read by members, given as pairs of client (None: the company) and member, who never read them."""
    pairs = list(joined)
    news = _news({client_id for client_id, _member in pairs})
    wanted = {
        (news[client_id][0], member_id): news[client_id][1] for client_id, member_id in pairs if client_id in news
    }
    if not wanted:
        return
    threads = {thread_id for thread_id, _member in wanted}
    known = set(ReadMark.objects.filter(thread_id__in=threads).values_list("thread_id", "member_id"))
    new, now = [(pair, number) for pair, number in wanted.items() if pair not in known], timezone.now()
    rows = [(pk, *pair, number, now) for pk, (pair, number) in zip(uuid7s(len(new)), new, strict=True)]
    bulk_insert(ReadMark, ("id", "thread_id", "member_id", "number", "read_at"), rows)

"""Telling a member's open pages what changed: the numbers, a new notice, and what was read elsewhere."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from frontdesk.core.tenancy.context import current_account_id
from frontdesk.live.publishing import publish_many

from . import queries
from .models import Counter, Notice


def _numbers(member_ids: set[UUID]) -> dict[UUID, dict[str, int]]:
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    for member_id, area, unread in Counter.objects.filter(member_id__in=member_ids).values_list(
        "member_id", "area", "unread"
    ):
        found[member_id][area] = unread
    return found


def announce(notices: Iterable[Notice]) -> None:
    """Tell of notices that are new or count more, in the transaction that wrote them."""
    shown = [notice for notice in notices if notice.shown]
    numbers = _numbers({notice.member_id for notice in shown})
    events: list[tuple[str, str, dict | None]] = [
        (f"me:{notice.member_id}", "notice", {"notice": str(notice.pk), "area": notice.area}) for notice in shown
    ]
    events += [(f"me:{member}", "counters", {"bell": queries.bell(own)}) for member, own in sorted(numbers.items())]
    publish_many(current_account_id(), events)


def announce_read(member_id: UUID, ids: list[UUID], keys: list[str]) -> None:
    """Tell a member's other pages and devices what was read here, so that they show it no longer."""
    numbers = queries.bell(_numbers({member_id}).get(member_id, {}))
    topic = f"me:{member_id}"
    publish_many(
        current_account_id(),
        [(topic, "read", {"notices": [str(one) for one in ids], "keys": keys}), (topic, "counters", {"bell": numbers})],
    )

"""Marking as read: the rows, the counters and what still waits to be sent, in one transaction."""

from collections import Counter as Tally
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from frontdesk.core.errors import Forbidden, Invalid
from frontdesk.core.tenancy.prepared import Prepared
from frontdesk.core.text import gettext as _

from .. import access, announcing, permissions
from ..kinds import areas
from ..models import Counter, Notice, Outgoing


def _recount(member_id: UUID, counters: list[Counter]) -> None:
    """Set counters that are locked to what their rows say."""
    unread = Notice.objects.filter(member_id=member_id, shown=True, read_at=None)
    now = Tally(unread.values_list("area", flat=True))
    for counter in counters:
        if counter.unread != now[counter.area]:
            Counter.objects.filter(pk=counter.pk).update(unread=now[counter.area])


def _mark(member, which: Q) -> list[str]:
    """Mark unread notices of a member; the keys of those that were."""
    if getattr(member, "viewer", None) is not None:
        raise Forbidden("preview")
    with transaction.atomic():
        counters = list(Counter.objects.filter(member_id=member.id).order_by("area").select_for_update())
        found = list(Notice.objects.filter(which, member_id=member.id, read_at=None).values_list("pk", "key"))
        if not found:
            return []
        ids, keys = [pk for pk, _key in found], [key for _pk, key in found]
        Notice.objects.filter(pk__in=ids).update(read_at=timezone.now())
        Outgoing.objects.filter(notice_id__in=ids).delete()
        _recount(member.id, counters)
        announcing.announce_read(member.id, ids, keys)
    return keys


UNREAD = Prepared(
    lambda member_id, keys: (
        Notice.objects.filter(member_id=member_id, key__in=keys, read_at=None).values_list("pk")[:1]
    )
)  # fmt: skip


def mark_read(member, keys: Iterable[str]) -> list[str]:
    """Mark what is unread under these keys (`<kind>:<thread key>`), as whoever shows the thing itself does."""
    wanted = list(keys)
    return _mark(member, Q(key__in=wanted)) if UNREAD(member.id, wanted) else []


def read_notice(actor, notice: Notice) -> None:
    """Mark one notice that `access.get_notice` gave; nothing happens to one that is read."""
    access.require(actor, permissions.READ)
    _mark(actor, Q(pk=notice.pk))


def read_all(actor, area: str = "") -> int:
    """Mark all unread notices, or those of an area; their number. Raises Invalid, Forbidden."""
    access.require(actor, permissions.READ)
    if area and areas.get(area) is None:
        raise Invalid({"area": [_("Choose one from the list.")]})
    return len(_mark(actor, Q(area=area) if area else Q()))

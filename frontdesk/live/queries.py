"""Reading events."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Max, Min, Q
from django.utils import timezone

from . import access
from .cursor import MOST_GAPS, Cursor
from .models import LiveEvent
from .topics import Event, topics

FIELDS = ("number", "account_id", "topic", "kind", "data", "at")
AT_ONCE = 500
# Longer than a transaction lasts in which something is published.
STILL_OPEN = timedelta(seconds=60)


def position() -> Cursor:
    """Where whoever begins to read now stands; what is being written meanwhile comes after it."""
    if connection.vendor == "sqlite":
        return Cursor(LiveEvent.objects.order_by("-number").values_list("number", flat=True).first() or 0)
    rows = list(LiveEvent.objects.order_by("-number").values_list("number", "at")[:MOST_GAPS])
    since = timezone.now() - STILL_OPEN
    recent = [number for number, at in rows if at > since]
    return Cursor.after(recent + [number for number, _at in rows[len(recent) : len(recent) + 1]])


def newest(account_id: UUID) -> str:
    """For `data-after` of a page, asked before its rows are read: from here on, the stream tells what is missing."""
    return str(position())


def groups(actor) -> list[dict]:
    """What an actor may follow by a name alone, with the topics that each name stands for."""
    names = sorted(name for name, _topic in topics.items())
    return [{"name": name, "topics": sorted(found)} for name, found in access.topics_of(actor, names).items()]


def events_after(cursor: Cursor) -> list[Event]:
    """The next events of all accounts, in the order of their numbers."""
    ahead = Q(number__gt=cursor.number)
    if cursor.gaps:
        ahead |= Q(number__in=sorted(cursor.gaps))
    rows = LiveEvent.objects.filter(ahead).order_by("number").values_list(*FIELDS)[:AT_ONCE]
    return [Event(*row) for row in rows]


def missed(account_id: UUID, since: Cursor, until: Cursor) -> list[Event] | None:
    """An account's events between two positions; None when they are too many, or no longer kept."""
    kept = LiveEvent.objects.aggregate(oldest=Min("number"), newest=Max("number"))
    # Whoever begins at 0 began before anything was ever told.
    too_old = 0 < since.number < (kept["oldest"] or 1) - 1
    if too_old or since.number > max(kept["newest"] or 0, until.number):
        return None
    ahead = Q(number__gt=since.number, number__lte=until.number)
    if since.gaps:
        ahead |= Q(number__in=sorted(since.gaps))
    rows = LiveEvent.objects.filter(ahead, account_id=account_id).order_by("number").values_list(*FIELDS)
    found = [Event(*row) for row in rows[: AT_ONCE + 1] if until.covers(row[0])]
    return None if len(found) > AT_ONCE else found


def at_moment(seconds: float) -> Cursor:
    """The position of a page that began to be made at a moment, a little earlier rather than later."""
    before = datetime.fromtimestamp(seconds, UTC) - timedelta(seconds=1)
    older = LiveEvent.objects.filter(at__lt=before).order_by("-at", "-number").values_list("number", flat=True).first()
    if older is not None:
        return Cursor(older)
    oldest = LiveEvent.objects.order_by("number").values_list("number", flat=True).first()
    return Cursor(oldest - 1 if oldest else 0)

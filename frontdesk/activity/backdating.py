"""Spreads what a demo did within a moment over the months before, so that its pages read like a business in use."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from frontdesk.core.ids import uuid7_at
from frontdesk.core.tenancy.bulk import bulk_update

from .models import Activity, Seal

OPENS, OPEN_SECONDS = time(8, 30), 9 * 3600
SATURDAY = 5


@dataclass(frozen=True)
class Moved:
    """An activity and when it happened now."""

    verb: str
    subject_id: UUID | None
    client_id: UUID | None
    data: dict
    at: datetime


def _moment(random: Random, days: int, now: datetime) -> datetime:
    """Some moment of the last `days`, in the office hours of a working day."""
    while True:
        day = timezone.localdate(now) - timedelta(days=random.randint(0, days))
        seconds = random.uniform(0, OPEN_SECONDS)
        at = timezone.make_aware(datetime.combine(day, OPENS)) + timedelta(seconds=seconds)
        if day.weekday() < SATURDAY and at < now:
            return at


def _moments(rows: list[tuple], random: Random, days: int) -> list[datetime]:
    """A moment for each activity: the first ones around each client follow each other, the rest comes any time later.

    What is around no client, such as the people of the business, comes at once.
    """
    now, places = timezone.now(), defaultdict(list)
    for place, row in enumerate(rows):
        places[row[3]].append(place)
    firsts = sorted(_moment(random, days, now) for _around in places)
    found = [now] * len(rows)
    for first, (client_id, around) in zip(firsts, places.items(), strict=True):
        soon = [first + timedelta(minutes=step) for step in range(1, len(around))]
        later = soon if client_id is None else sorted(max(_moment(random, days, now), at) for at in soon)
        for place, at in zip(around, [first, *later], strict=True):
            found[place] = min(at, now)
    return found


def backdate(random: Random, days: int = 90) -> list[Moved]:
    """Move all activities of the account in context into the last `days`; nothing once some of them were sealed."""
    with transaction.atomic():
        if Seal.objects.exists():
            return []
        rows = list(Activity.objects.order_by("id").values_list("id", "verb", "subject_id", "client_id", "data"))
        moments = _moments(rows, random, days)
        moved = [(uuid7_at(int(at.timestamp() * 1000)), at, row[0]) for row, at in zip(rows, moments, strict=True)]
        bulk_update(Activity, ("id", "at"), moved)
    return [Moved(*row[1:], at) for row, at in zip(rows, moments, strict=True)]

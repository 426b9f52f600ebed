"""Weekly availability of a client, edited by the office and by the client alike."""

import itertools
from dataclasses import dataclass
from datetime import time

from django.db import transaction

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.text import gettext as _

from .. import access, permissions
from ..models import Availability, Client

MOST_A_DAY = 8


@dataclass(frozen=True, order=True)
class Interval:
    """A span of a weekday (0 is Monday) in wall-clock time, `starts` before `ends`."""

    weekday: int
    starts: time
    ends: time


def _check_day(errors: Errors, weekday: int, spans: list[Interval]) -> None:
    field = f"days.{weekday}"
    if len(spans) > MOST_A_DAY:
        errors.add(field, _("At most %(most)s are allowed.", most=MOST_A_DAY))
    if any(span.starts >= span.ends for span in spans):
        errors.add(field, _("The end must be later than the start."))
    for earlier, later in itertools.pairwise(spans):
        if later.starts < earlier.ends:
            errors.add(field, _("Two times overlap."))
            break


def set_availability(actor, client: Client, intervals: list[Interval]) -> list[Availability]:
    """Make these the client's weekly availability (a day without any is unavailable); raises Invalid, Forbidden."""
    access.require(actor, permissions.PORTAL_SET_AVAILABILITY if actor.is_portal else permissions.EDIT, client)
    errors = Errors()
    for span in intervals:
        if span.starts.tzinfo or span.ends.tzinfo:
            errors.add(f"days.{span.weekday}", _("Write times as a clock shows them, without an offset."))
    errors.raise_any()
    ordered = sorted(set(intervals))
    if any(not 0 <= span.weekday <= 6 for span in ordered):
        errors.add("days", _("A weekday is a number from 0 (Monday) to 6 (Sunday)."))
    for weekday in range(7):
        _check_day(errors, weekday, [span for span in ordered if span.weekday == weekday])
    errors.raise_any()
    rows = [Availability(account_id=client.account_id, client=client, **vars(span)) for span in ordered]
    with transaction.atomic():
        Availability.objects.filter(client_id=client.pk).delete()
        Availability.objects.bulk_create(rows)
        record(actor, "client.availability", subject_id=client.pk, client_id=client.pk)
    return rows

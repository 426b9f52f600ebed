"""When something is sent: quiet hours and digests, by the clock on the wall where the reader is."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .models import Preference, Rhythm

DAY = 24 * 60
EVERY_DAY = list(range(7))


class Due(NamedTuple):
    """When something leaves; `held` when quiet hours keep it back until then."""

    at: datetime
    held: bool = False


def _moment(day: date, minute: int, zone: ZoneInfo, fold: int = 0) -> datetime:
    """The moment at which the wall shows this minute; where the clock shows it twice, `fold` chooses."""
    day, minute = day + timedelta(days=minute // DAY), minute % DAY
    return datetime.combine(day, time(minute // 60, minute % 60, fold=fold), zone).astimezone(UTC)


def is_quiet(wishes: Preference, zone: ZoneInfo, at: datetime) -> bool:
    """Whether the wall shows quiet hours at a moment."""
    start, end = wishes.quiet_from, wishes.quiet_until
    if start == end:
        return False
    here = at.astimezone(zone)
    minute, today, before = here.hour * 60 + here.minute, here.weekday(), (here.weekday() - 1) % 7
    if start < end:
        return today in wishes.quiet_days and start <= minute < end
    return (today in wishes.quiet_days and minute >= start) or (before in wishes.quiet_days and minute < end)


def quiet_end(wishes: Preference, zone: ZoneInfo, at: datetime) -> datetime | None:
    """When the quiet hours end in which a moment lies; None when it lies in none. Quiet all week, it is in a week."""
    if not is_quiet(wishes, zone, at):
        return None
    today = at.astimezone(zone).date()
    days = [today + timedelta(days=number) for number in range(-1, 8)]
    ends = sorted(_moment(day, wishes.quiet_until, zone, fold) for day in days for fold in (0, 1))
    later = (end for end in ends if end > at and not is_quiet(wishes, zone, end))
    return next(later, at + timedelta(days=7))


def next_digest(wishes: Preference, zone: ZoneInfo, at: datetime) -> datetime:
    """When the next e-mail leaves that gathers what happened."""
    if wishes.rhythm == Rhythm.HOURLY:
        return at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    today = at.astimezone(zone).date()
    coming = (_moment(today + timedelta(days=number), wishes.digest_at, zone) for number in range(3))
    return next(moment for moment in coming if moment > at)


def mail_due(wishes: Preference, zone: ZoneInfo, at: datetime) -> Due:
    """When an e-mail about something leaves."""
    gathered = at if wishes.rhythm == Rhythm.AT_ONCE else next_digest(wishes, zone, at)
    end = quiet_end(wishes, zone, gathered)
    return Due(end, held=True) if end else Due(gathered, held=wishes.rhythm != Rhythm.AT_ONCE)


def push_due(wishes: Preference, zone: ZoneInfo, at: datetime) -> Due:
    """When a push about something leaves."""
    end = quiet_end(wishes, zone, at)
    return Due(end, held=True) if end else Due(at)

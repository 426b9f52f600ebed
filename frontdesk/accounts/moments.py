"""The day for which a page explains something."""

from datetime import date, datetime, time

from django.utils import timezone


def asked_day(text: str) -> date | None:
    """The day in an address, YYYY-MM-DD; None when there is none, or no such day, or it is not over yet."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day < timezone.localdate() else None


def end_of(day: date | None) -> datetime | None:
    """The last moment of a day in the reader's time zone; None for None."""
    return timezone.make_aware(datetime.combine(day, time.max)) if day else None

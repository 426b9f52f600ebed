"""Dates, times, numbers and phone numbers as the reader writes them.

Instants are shown in the time zone that is active for the request. Every function answers "" for None.
"""

import datetime
import zlib
from functools import lru_cache

import phonenumbers
from babel import Locale, UnknownLocaleError, dates, numbers
from django.utils import timezone

from frontdesk.core.reader import language, reader
from frontdesk.core.text import gettext as _

HUES = 8
_KEPT = 4096
_SOON = 45
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


@lru_cache(64)
def locale_of(language: str | None) -> Locale:
    """Babel's locale of a language code; British English for plain `en`, whose days come before months."""
    try:
        return Locale.parse("en_GB" if language in (None, "", "en") else str(language).replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def _locale() -> Locale:
    return locale_of(language())


def _local(value):
    if isinstance(value, datetime.datetime) and value.tzinfo is not None:
        return value.astimezone(reader().zone)
    return value


@lru_cache(_KEPT)
def _date(value: datetime.date, style: str, locale: Locale) -> str:
    if style in ("short", "medium", "long", "full"):
        return dates.format_date(value, style, locale=locale)
    return dates.format_skeleton(style, value, locale=locale)


@lru_cache(_KEPT)
def _time(value: datetime.time, locale: Locale) -> str:
    return dates.format_time(value, "short", locale=locale)


def _day_of(value) -> datetime.date:
    value = _local(value)
    return value.date() if isinstance(value, datetime.datetime) else value


def date(value, style: str = "medium") -> str:
    """A date; `style` is short, medium, long, full or a CLDR skeleton such as `MMMEd`."""
    return "" if value is None else _date(_day_of(value), style, _locale())


def time(value) -> str:
    """Hours and minutes."""
    if value is None:
        return ""
    value = _local(value)
    clock = value.time() if isinstance(value, datetime.datetime) else value
    return _time(clock.replace(second=0, microsecond=0), _locale())


def date_time(value, style: str = "medium") -> str:
    """A date and its time."""
    return "" if value is None else f"{date(value, style)}, {time(value)}"


_LAST_MINUTE = datetime.time(23, 59)


def moment(value) -> str:
    """A date, with its time unless it is the very beginning or end of the day."""
    if value is None:
        return ""
    clock = _local(value).time()
    return date(value) if clock == datetime.time.min or clock >= _LAST_MINUTE else date_time(value)


def away(since, until) -> str:
    """What is said of somebody who is away from one moment until another; "" when that is not now.

    No end is an end that nobody knows yet.
    """
    now = timezone.now()
    if since is None or since > now or (until is not None and until <= now):
        return ""
    if until is None:
        return _("Away")
    end, today = _local(until), timezone.localdate()
    if end.date() > today:
        return _(
            "Away until %(date)s", date=_date(end.date(), "MMMd" if end.year == today.year else "yMMMd", _locale())
        )
    return _("Away today") if end.time() >= _LAST_MINUTE else _("Away until %(date)s", date=time(end))


def iso(value) -> str:
    """For the `datetime` attribute of a time element."""
    return "" if value is None else _local(value).isoformat()


def wall(value) -> str:
    """A moment in the reader's zone as a field of type datetime-local takes it."""
    return "" if value is None else _local(value).strftime("%Y-%m-%dT%H:%M")


def day(value) -> str:
    """Today, Yesterday, Tomorrow, else weekday and date; the year only when it is another one."""
    if value is None:
        return ""
    on, today = _day_of(value), timezone.localdate()
    near = {0: _("Today"), -1: _("Yesterday"), 1: _("Tomorrow")}.get((on - today).days)
    return near or _date(on, "MMMMEEEEd" if on.year == today.year else "yMMMMEEEEd", _locale())


def ago(value) -> str:
    """How long ago, or how soon: "5 minutes ago", and the date beyond a week."""
    if value is None:
        return ""
    seconds = (value - timezone.now()).total_seconds()
    if abs(seconds) < _SOON:
        return _("just now")
    if abs(seconds) > 7 * _DAY:
        return date(value)
    return _delta(round(seconds / _MINUTE), _locale())


@lru_cache(_KEPT)
def _delta(minutes: int, locale: Locale) -> str:
    span = datetime.timedelta(minutes=minutes)
    return dates.format_timedelta(span, add_direction=True, threshold=0.95, locale=locale)


@lru_cache(_KEPT)
def _number(value, locale: Locale) -> str:
    return numbers.format_decimal(value, locale=locale, decimal_quantization=False)


def number(value) -> str:
    """A number with the reader's separators."""
    if value is None:
        return ""
    return str(value) if type(value) is int and 0 <= value < 1000 else _number(value, _locale())


@lru_cache(_KEPT)
def phone(value: str | None, country: str = "") -> str:
    """A number with its groups: `0745 112 908` at home in `country`, else `+40 745 112 908`; other text as is."""
    if not value:
        return ""
    try:
        parsed = phonenumbers.parse(value, country or None)
    except phonenumbers.NumberParseException:
        return value
    home = bool(country) and phonenumbers.country_code_for_region(country) == parsed.country_code
    style = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, style)


@lru_cache(_KEPT)
def initials(name: str | None) -> str:
    """The first letters of the first and the last word, in capitals."""
    words = [word for word in (name or "").replace("-", " ").split() if word[0].isalnum()]
    chosen = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in chosen).upper() or "?"


@lru_cache(_KEPT)
def hue(key) -> int:
    """One of eight hues, 1 to 8, always the same for a key."""
    return zlib.crc32(str(key).encode()) % HUES + 1


def weekday_name(weekday: int) -> str:
    """The name of a weekday, 0 being Monday, with a capital letter."""
    name = _locale().days["stand-alone"]["wide"][weekday]
    return name[:1].upper() + name[1:]


_MORNING, _AFTERNOON, _EVENING = 5, 12, 18


def greeting(name: str) -> str:
    """A greeting by the reader's time of day."""
    hour = timezone.localtime().hour
    if _MORNING <= hour < _AFTERNOON:
        return _("Good morning, %(name)s", name=name)
    if _AFTERNOON <= hour < _EVENING:
        return _("Good afternoon, %(name)s", name=name)
    return _("Good evening, %(name)s", name=name)

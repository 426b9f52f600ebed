"""A3: quiet hours and digests by the clock on the wall, also on the days on which it is changed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from frontdesk.notify.models import Preference, Rhythm
from frontdesk.notify.timing import is_quiet, mail_due, next_digest, push_due, quiet_end

PARIS = ZoneInfo("Europe/Paris")
ZONES = st.sampled_from([ZoneInfo(name) for name in (
    "Europe/Paris", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "UTC",
)])  # fmt: skip
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
MINUTES = st.integers(0, 1439)
NIGHT = Preference(quiet_from=22 * 60, quiet_until=7 * 60, quiet_days=list(range(7)))


def wishes(start, end, days):
    return Preference(quiet_from=start, quiet_until=end, quiet_days=sorted(days))


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-11-20T23:00+01:00", "2026-11-21T07:00+01:00"),
        ("2026-11-21T06:59+01:00", "2026-11-21T07:00+01:00"),
        ("2026-11-21T07:00+01:00", None),
        ("2026-11-21T21:59+01:00", None),
        # The night in which the clock goes forward is an hour shorter, the one in which it goes back an hour longer.
        ("2026-03-28T22:00+01:00", "2026-03-29T07:00+02:00"),
        ("2026-10-24T22:00+02:00", "2026-10-25T07:00+01:00"),
    ],
)  # fmt: skip
def test_a_night_ends_when_the_wall_says_so(at, until):
    found = quiet_end(NIGHT, PARIS, datetime.fromisoformat(at))
    assert found == (datetime.fromisoformat(until) if until else None)


def test_quiet_hours_belong_to_the_day_on_which_they_begin():
    friday = wishes(22 * 60, 7 * 60, {4})
    assert is_quiet(friday, PARIS, datetime.fromisoformat("2026-11-21T03:00+01:00"))
    assert not is_quiet(friday, PARIS, datetime.fromisoformat("2026-11-20T03:00+01:00"))
    assert not is_quiet(friday, PARIS, datetime.fromisoformat("2026-11-21T23:00+01:00"))


def test_an_end_that_the_clock_shows_twice_is_the_second_one():
    early = wishes(0, 2 * 60 + 30, set(range(7)))
    for offset in ("+02:00", "+01:00"):
        found = quiet_end(early, PARIS, datetime.fromisoformat(f"2026-10-25T02:10{offset}"))
        # Between the two the clock shows 02:30 to 03:00 once, which is not quiet.
        assert found in (
            datetime.fromisoformat("2026-10-25T02:30+02:00"), datetime.fromisoformat("2026-10-25T02:30+01:00")
        )  # fmt: skip
        assert not is_quiet(early, PARIS, found)


@given(ZONES, MOMENTS, MINUTES, MINUTES, st.sets(st.integers(0, 6)))
def test_nothing_leaves_in_quiet_hours_and_all_leaves_soon_after(zone, at, start, end, days):
    own = wishes(start, end, days)
    found = push_due(own, zone, at)
    assert found.at >= at and found.held == is_quiet(own, zone, at)
    assume(found.held)
    assert not is_quiet(own, zone, found.at)
    # It is not held longer than it is quiet: in steps of a quarter of an hour, bar the hour that the clock may skip.
    step = at
    while step < found.at - timedelta(hours=1):
        assert is_quiet(own, zone, step)
        step += timedelta(minutes=15)


@given(ZONES, MOMENTS, MINUTES)
def test_a_daily_digest_leaves_once_a_day(zone, at, minute):
    daily = Preference(rhythm=Rhythm.DAILY, digest_at=minute)
    first = next_digest(daily, zone, at)
    second = next_digest(daily, zone, first)
    assert at < first <= at + timedelta(hours=50)
    assert second.astimezone(zone).date() > first.astimezone(zone).date()
    assert mail_due(daily, zone, at).at == first


@given(MOMENTS)
def test_an_hourly_one_leaves_at_the_full_hour(at):
    found = next_digest(Preference(rhythm=Rhythm.HOURLY), PARIS, at)
    assert found.minute == 0 and timedelta(0) < found - at <= timedelta(hours=1)

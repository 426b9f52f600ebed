"""Dates, numbers and phone numbers as the reader writes them (A6)."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from frontdesk.ui import formats

AFTERNOON = datetime.datetime(2026, 3, 5, 14, 7, tzinfo=datetime.UTC)


@pytest.mark.parametrize(("language", "shown"), [("en", "5 Mar 2026"), ("fr", "5 mars 2026"), ("ro", "5 mar. 2026")])
def test_dates_follow_the_language(language, shown):
    with translation.override(language):
        assert formats.date(AFTERNOON) == shown


def test_times_follow_the_time_zone():
    with translation.override("en"), timezone.override(ZoneInfo("Europe/Bucharest")):
        assert formats.time(AFTERNOON) == "16:07"
        assert formats.iso(AFTERNOON) == "2026-03-05T16:07:00+02:00"


def test_days_near_today_have_names():
    with translation.override("en"):
        now = timezone.now()
        assert formats.day(now) == "Today"
        assert formats.day(now - datetime.timedelta(days=1)) == "Yesterday"
        assert formats.day(AFTERNOON.replace(year=2001)) == "Monday, 5 March 2001"


def test_ago_counts_back_and_then_names_the_date():
    with translation.override("en"):
        now = timezone.now()
        assert formats.ago(now) == "just now"
        assert formats.ago(now - datetime.timedelta(hours=3)) == "3 hours ago"
        assert formats.ago(AFTERNOON.replace(year=2001)) == "5 Mar 2001"


def test_numbers_and_phones_are_grouped():
    with translation.override("en"):
        assert formats.number(2431) == "2,431"
    assert formats.phone("+40745112908") == "+40 745 112 908"
    assert formats.phone("+40745112908", "RO") == "0745 112 908"
    assert formats.phone("ask at the desk") == "ask at the desk"


@pytest.mark.parametrize(
    ("name", "letters"), [("Maria Ionescu", "MI"), ("Ștefan", "Ș"), ("", "?"), ("Zoë Beau-Delacroix", "ZD")]
)
def test_initials(name, letters):
    assert formats.initials(name) == letters


def test_nothing_gives_nothing():
    shown = (formats.date, formats.time, formats.date_time, formats.day, formats.ago, formats.number, formats.iso)
    assert [show(None) for show in shown] == [""] * len(shown)

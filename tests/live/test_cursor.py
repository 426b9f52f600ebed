"""PostgreSQL shows numbers out of order: what is left out is waited for, and comes once."""

import pytest

from frontdesk.live.cursor import MOST_GAPS, Cursor, Position


@pytest.mark.parametrize("text", ["0", "105", "105-98.102"])
def test_a_cursor_is_its_text(text):
    assert str(Cursor.parse(text)) == text


def test_what_was_left_out_is_not_covered():
    cursor = Cursor.parse("105-98.102")
    assert [cursor.covers(number) for number in (97, 98, 102, 105, 106)] == [True, False, False, True, False]


def test_a_late_number_fills_its_gap():
    position = Position(Cursor(5), 0)
    position.take(8, 1)
    assert str(position.cursor) == "8-6.7"
    position.take(6, 2)
    assert str(position.cursor) == "8-7"


def test_gaps_are_forgotten_after_a_minute():
    position = Position(Cursor(5), 0)
    position.take(7, 1)
    position.forget(50)
    assert position.cursor.gaps
    position.forget(62)
    assert not position.cursor.gaps


def test_a_leap_leaves_bounded_gaps():
    position = Position(Cursor(0), 0)
    position.take(10**9, 1)
    assert len(position.cursor.gaps) <= MOST_GAPS and Cursor.parse(str(position.cursor)) == position.cursor


def test_whoever_begins_waits_for_what_is_missing_among_the_newest():
    assert str(Cursor.after([10, 11, 13])) == "13-12" and str(Cursor.after([])) == "0"

"""C4: what becomes of single cells."""

import datetime

import pytest

from frontdesk.core.tables.cells import clean_cell, clean_text, column_letters
from frontdesk.core.tables.unreadable import Unreadable


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("", None),
        ("  \t ", None),
        (" Ana\xa0Pop ", "Ana Pop"),
        ("two\r\nlines\x0bthree", "two\nlines\nthree"),
        ("\u202a+40 745\u202c", "+40 745"),
        ("a\x01b\x85c", "ab\nc"),
        ("4.0745123456E+10", "40745123456"),
        ("4,0745123456E+10", "40745123456"),
        ("4.07E+10", "4.07E+10"),
        ("745123456.0", "745123456"),
        ("12.0", "12.0"),
        ("0745 123", "0745 123"),
        ("0040745123456", "0040745123456"),
        ("'+40745123456", "+40745123456"),
        ("'=1+1", "=1+1"),
        ("''=1+1", "'=1+1"),
        ("'tis", "'tis"),
        ("'", "'"),
        ("²", "²"),
    ],
)
def test_text_is_cleaned(text, clean):
    """C4: invisible characters go, digits stay, the guard of an export is taken away."""
    assert clean_text(text) == clean


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        (1.2e10, "12000000000"),
        (40745123456.0, "40745123456"),
        (0.1 + 0.2, "0.3"),
        (-3.0, "-3"),
        (1e300, "1e+300"),
        (7, "7"),
        (True, "TRUE"),
        (datetime.datetime(2024, 1, 31), "2024-01-31"),
        (datetime.datetime(2024, 1, 31, 9, 5), "2024-01-31T09:05:00"),
        (datetime.time(9, 5), "09:05:00"),
        (datetime.timedelta(hours=36, seconds=5), "36:00:05"),
        (None, None),
    ],
)
def test_values_become_text(value, clean):
    """C4: a phone that Excel took for a number keeps its digits; dates are ISO."""
    assert clean_cell(value) == clean


def test_nul_is_refused():
    """C4: a NUL is no text."""
    with pytest.raises(Unreadable, match="nul_characters"):
        clean_text("a\0b")


def test_columns_have_the_names_of_spreadsheet_programs():
    """C4: refusals point at a column as the person sees it."""
    assert [column_letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]

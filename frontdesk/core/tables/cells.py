"""One cell, as clean text: what a person would read in it."""

import datetime
import re
from collections.abc import Callable
from typing import Any

from .unreadable import Unreadable

# Controls, zero-width and direction marks, halves of characters: invisible, and fatal to look-ups and XML.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff\ud800-\udfff]"
)
_NEWLINE = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACE = re.compile("[\xa0\u2007\u202f]")
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠]")
_QUOTED_FORMULA = re.compile(r"'+\s*[=+\-@＝＋－＠]")
_SCIENTIFIC = re.compile(r"(\d)[.,](\d+)[eE]\+?(\d\d?)")
_LONG_FLOAT = re.compile(r"(\d{7,})\.0")
_SHORTEST_DISGUISE = 6
_LARGEST_EXACT_LOOKING = 1e21


def tidy_text(text: str) -> str:
    """The text without invisible characters, with plain spaces, "\\n" newlines and nothing around it."""
    if not text.isprintable():
        text = _NEWLINE.sub("\n", text)
        text = _INVISIBLE.sub("", text)
        text = _SPACE.sub(" ", text)
    return text.strip()


def guard_formula(text: str) -> str:
    """The tidy text with an apostrophe before it where a spreadsheet program would evaluate it."""
    return "'" + text if _FORMULA.match(text) else text


def guard_quoted(text: str) -> str:
    """The tidy text with one more apostrophe where `clean_text` would take one away."""
    return "'" + text if _QUOTED_FORMULA.match(text) else text


def _unguarded(text: str) -> str:
    return text[1:].lstrip() if _QUOTED_FORMULA.match(text) else text


def _plain_number(text: str) -> str:
    """Undo 4.0745123456E+10 and 745123456.0, where every digit is still there; else the text unchanged."""
    if text.isdigit():
        return text
    if match := _LONG_FLOAT.fullmatch(text):
        return match[1]
    match = _SCIENTIFIC.fullmatch(text)
    # With fewer digits than the exponent asks for, zeros would be invented: leave it, so that it is seen.
    return match[1] + match[2] if match and len(match[2]) == int(match[3]) else text


def clean_text(text: str) -> str | None:
    """The tidy text without the guard of an export, or None when nothing is left.

    Raises Unreadable("nul_characters").
    """
    if not text:
        return None
    # The way of almost every cell: nothing invisible in it, no guard, no number in disguise.
    if text[-1] != " " and text.isprintable():
        if text[0] > "9":
            return text
        if text[0] >= "0":
            return _plain_number(text) if len(text) > _SHORTEST_DISGUISE else text
    if "\0" in text:
        raise Unreadable("nul_characters")
    text = tidy_text(text)
    if text[:1] == "'":
        text = _unguarded(text)
    return _plain_number(text) if "0" <= text[:1] <= "9" else text or None


def _clean_float(number: float) -> str:
    if number.is_integer() and abs(number) < _LARGEST_EXACT_LOOKING:
        return str(int(number))
    # Fifteen digits is what spreadsheet programs show; more would turn 0.3 into 0.30000000000000004.
    return format(number, ".15g")


def _clean_datetime(moment: datetime.datetime) -> str:
    if moment.time() == datetime.time():
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds")


def _clean_duration(duration: datetime.timedelta) -> str:
    minutes, seconds = divmod(round(duration.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


_CLEANERS: dict[type, Callable[[Any], str | None]] = {
    str: clean_text,
    float: _clean_float,
    int: str,
    bool: lambda truth: "TRUE" if truth else "FALSE",
    datetime.datetime: _clean_datetime,
    datetime.date: datetime.date.isoformat,
    datetime.time: lambda time: time.isoformat(timespec="seconds"),
    datetime.timedelta: _clean_duration,
    type(None): lambda nothing: None,
}


def clean_cell(value) -> str | None:
    """Any cell of a workbook as clean text: dates in ISO form, whole numbers without a fraction."""
    return _CLEANERS[type(value)](value)


def column_letters(index: int) -> str:
    """The name that spreadsheet programs give a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters

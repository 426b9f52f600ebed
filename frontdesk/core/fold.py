"""Text as it is compared and searched: case folded, accents stripped, spaces single."""

import re
import unicodedata
from itertools import groupby

_SPECIAL = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def _class_of_marks() -> str:
    """What stands in brackets for any accent that combines with the letter before it."""
    marks = [code for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code))]
    runs = [[code for _n, code in run] for _key, run in groupby(enumerate(marks), lambda one: one[1] - one[0])]
    return "".join(f"\\U{run[0]:08x}-\\U{run[-1]:08x}" for run in runs)


# Normalizing sorts the accents of one letter in a time that grows with the square of their number. More than 30 are
# no writing of any language (Unicode's stream-safe format).
_TOO_MANY = re.compile("([{0}]{{30}})[{0}]+".format(_class_of_marks()))


def _few_accents(text: str) -> str:
    return text if text.isascii() else _TOO_MANY.sub(r"\1", text)


def _strip_accents(text: str) -> str:
    text = _few_accents(text)
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_SPECIAL)
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


# Latin letters with accents, one by one: names are folded by the hundred thousand.
_LATIN = {code: _strip_accents(chr(code)) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))}


def fold(text: str) -> str:
    """`Ștefan  Țurcanu` becomes `stefan turcanu`; scripts without accents stay as they are."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = text.translate(_LATIN)
    return " ".join((plain.lower() if plain.isascii() else _strip_accents(text)).split())


# What turns the direction of the text after it, and so can make one name look like another; byte order marks.
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF))


def _without_controls(text: str, spaces: str) -> str:
    normal = unicodedata.normalize("NFC", _few_accents(text)).translate(_TURNING)
    return "".join(c for c in normal if c in spaces or unicodedata.category(c) not in ("Cc", "Cs"))


def clean(text: str) -> str:
    """A line of input as it is stored: NFC, no control characters, single spaces, trimmed; "" when none of it shows."""
    text = _few_accents(text)
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return " ".join(text.split())
    line = " ".join(_without_controls(text, "\t\n ").split())
    return "" if all(c == " " or unicodedata.category(c) == "Cf" for c in line) else line


def clean_block(text: str) -> str:
    """As `clean` for text of several lines: line breaks stay, everything else invisible goes."""
    return _without_controls(text.replace("\r\n", "\n").replace("\r", "\n"), "\n\t").strip()

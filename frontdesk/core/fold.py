"""Text as it is compared and searched: case folded, accents stripped, spaces single."""

import unicodedata

_SPECIAL = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def fold(text: str) -> str:
    """`Ștefan  Țurcanu` becomes `stefan turcanu`; scripts without accents stay as they are."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_SPECIAL)
    decomposed = unicodedata.normalize("NFKD", plain)
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def clean(text: str) -> str:
    """A line of input as it is stored: NFC, no control characters, single spaces, trimmed."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) not in ("Cc", "Cs") or c in "\t\n ")
    return " ".join(kept.split())


def clean_block(text: str) -> str:
    """As `clean` for text of several lines: line breaks stay, everything else invisible goes."""
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in normal if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()

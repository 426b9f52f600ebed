"""Text as it is compared and searched: case folded, accents stripped, spaces single."""

import unicodedata

_SPECIAL = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def _strip_accents(text: str) -> str:
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


def clean(text: str) -> str:
    """A line of input as it is stored: NFC, no control characters, single spaces, trimmed."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return " ".join(text.split())
    kept = "".join(
        c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) not in ("Cc", "Cs") or c in "\t\n "
    )
    return " ".join(kept.split())


def clean_block(text: str) -> str:
    """As `clean` for text of several lines: line breaks stay, everything else invisible goes."""
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in normal if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()

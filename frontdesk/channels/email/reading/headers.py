"""Headers of strangers: decoded, cleaned, and never longer than they are worth."""

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

from frontdesk.core.emails import BadEmail, parse
from frontdesk.core.fold import clean

from .charsets import decode

LONGEST = 8000
_WORD = re.compile(r"=\?[^?\s]{1,60}\?[bqBQ]\?")
_ID = re.compile(r"<([^<>\s@]{1,200}@[^<>\s@]{1,200})>")
# An address list, piece by piece: quoted words, comments, angle addresses, commas and the rest.
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)|<[^<>]*>|[,;]|[^",;<>()]+|.', re.S)
MOST_ADDRESSES = 200
MOST_IDS = 60


def values(mail: Message, name: str) -> list[str]:
    """The values of a header as they came, on one line each."""
    found = [str(value) for key, value in mail._headers if key.lower() == name.lower()]
    return [re.sub(r"[\r\n]+", "", value)[:LONGEST] for value in found]


def value(mail: Message, name: str) -> str:
    """The first value of a header as it came, "" where there is none."""
    return next(iter(values(mail, name)), "")


def decoded(raw: str) -> str:
    """A header's text in words: encoded words decoded, nothing invisible, one line."""
    raw = raw[:LONGEST]
    if not _WORD.search(raw):
        return clean(_eight_bit(raw))
    try:
        pieces = decode_header(_eight_bit(raw))
    except (HeaderParseError, ValueError, LookupError, TypeError):
        return clean(_eight_bit(raw))
    return clean("".join(_piece(*piece) for piece in pieces)) or clean(raw)


def _piece(found: str | bytes, charset: str | None) -> str:
    if isinstance(found, str):
        return found
    if charset is None:
        return found.decode("raw_unicode_escape", "replace") if b"\\u" in found else decode(found)
    return decode(found, charset)


def _eight_bit(raw: str) -> str:
    """Bytes that were never encoded, as many programs leave them."""
    try:
        plain = raw.encode("ascii", "surrogateescape")
    except UnicodeError:
        return raw
    return decode(plain)


def ids(raw: str) -> list[str]:
    """The Message-IDs in a header, each once, the last ones where there are too many."""
    found = list(dict.fromkeys(_ID.findall(raw)))
    return found[-MOST_IDS:]


def addresses(raw: str) -> list[tuple[str, str]]:
    """Name and address of each mailbox in a header that really is one; names are decoded only after the split.

    Encoded words cannot bring an address, and an address is what stands in angles, or alone.
    """
    found: list[tuple[str, str]] = []
    words: list[str] = []
    angle = ""
    broken = False
    for piece in [*_PIECE.findall(raw), ","]:
        if piece in (",", ";"):
            made = None if broken else _mailbox(words, angle)
            if made and len(found) < MOST_ADDRESSES:
                found.append(made)
            words, angle, broken = [], "", False
        elif piece.startswith("<") and piece.endswith(">"):
            # A second address in the same mailbox, or text behind the first, makes it a trick.
            broken, angle = broken or bool(angle), piece[1:-1].strip()
        elif not (piece.startswith("(") and len(piece) > 1):
            broken = broken or bool(angle and piece.strip())
            words.append(piece)
    return found


def _mailbox(words: list[str], angle: str) -> tuple[str, str] | None:
    text = "".join(words).strip()
    if not angle:
        text, angle = "", text.partition(":")[2].strip() or text
    try:
        address = parse(angle)
    except (BadEmail, ValueError):
        return None
    return decoded(_unquoted(text))[:120], address


def _unquoted(text: str) -> str:
    if len(text) > 1 and text.startswith('"') and text.endswith('"'):
        text = text[1:-1]
    return re.sub(r"\\(.)", r"\1", text)


def moment(raw: str) -> float | None:
    """The moment of a Date header; None for one that is no date."""
    try:
        return parsedate_to_datetime(raw[:200]).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        return None

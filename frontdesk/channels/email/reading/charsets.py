"""Bytes to text, whatever their charset claims to be."""

import codecs
from email.message import Message

# What mail programs write, and what they mean by it.
_MEANT = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
    "shift_jis": "cp932", "iso-8859-8-i": "iso-8859-8", "cp-850": "cp850", "x-mac-roman": "mac_roman",
    "unicode-1-1-utf-7": "utf-7", "utf8mb4": "utf-8",
}  # fmt: skip
# Codecs of Python's own that turn text into text or unpack archives are no charsets.
_NO_CHARSETS = "idna punycode unicode_escape raw_unicode_escape undefined mbcs oem"
_TEXT = set(_NO_CHARSETS.split()) | {"unicode-escape", "raw-unicode-escape"}


def codec_of(name: str) -> str:
    """Python's codec for a charset of a mail, "" for one that is none."""
    wanted = name.strip().strip("\"'").lower()
    wanted = _MEANT.get(wanted, wanted)
    if not wanted or len(wanted) > 40 or wanted in _TEXT:
        return ""
    try:
        found = codecs.lookup(wanted)
    except (LookupError, ValueError, UnicodeError):
        return ""
    return found.name if found._is_text_encoding and found.name not in _TEXT else ""


def decode(raw: bytes, charset: str = "") -> str:
    """The text of bytes: UTF-8 where they are, else what they claim, else a guess that never fails."""
    named = codec_of(charset)
    attempts = (
        [named, "utf-8"] if named.startswith(("utf-16", "utf-32", "utf-7", "iso2022", "hz")) else ["utf-8", named]
    )
    for codec in attempts:
        if codec:
            try:
                return raw.decode(codec)
            except (UnicodeError, ValueError):
                continue
    return raw.decode(named or "cp1252", "replace")


def text_of(part: Message, most: int) -> str:
    """The text of a part, at most so many characters."""
    raw = payload_of(part)
    charset = part.get_param("charset") or ""
    if isinstance(charset, tuple):
        charset = charset[2]
    text = decode(raw[: most * 4], str(charset)).replace("\0", "")
    return text.replace("\r\n", "\n").replace("\r", "\n")[:most]


def parts_of(part: Message) -> list[Message]:
    """The parts of a part, none of a leaf; past `get_payload`, which decodes a leaf by a charset that may be none."""
    found = part._payload
    return [one for one in found if isinstance(one, Message)] if isinstance(found, list) else []


def payload_of(part: Message) -> bytes:
    """The bytes of a part, decoded as far as they can be."""
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError, TypeError):
        found = None
    if isinstance(found, bytes):
        return found
    plain = part._payload
    return plain.encode("utf-8", "surrogateescape") if isinstance(plain, str) else b""

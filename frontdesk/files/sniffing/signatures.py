"""What files begin with."""

HEAD = 4096
_PLAIN = (
    (b"\xff\xd8\xff", "jpeg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"GIF87a", "gif"), (b"GIF89a", "gif"),
    (b"BM", "bmp"), (b"II*\0", "tiff"), (b"MM\0*", "tiff"), (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"), (b"{\\rtf", "rtf"),
    (b"ID3", "mp3"), (b"OggS", "ogg"), (b"fLaC", "flac"), (b"\x1aE\xdf\xa3", "matroska"),
    (b"MZ", "program"), (b"\x7fELF", "program"), (b"\xca\xfe\xba\xbe", "program"), (b"\xcf\xfa\xed\xfe", "program"),
    (b"#!", "script"), (b"7z\xbc\xaf\x27\x1c", "archive"), (b"Rar!\x1a\x07", "archive"), (b"\x1f\x8b", "archive"),
)  # fmt: skip
_RIFF = {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"}
_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
_QUICKTIME = {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}
# A few letters begin many a text too.
_WEAK = {"", "bmp", "program", "script", "mp3", "aac"}
MARKUP = (b"<!doctype html", b"<html", b"<script", b"<svg", b"<?xml", b"<body", b"<iframe", b"<?php")


def family_of(head: bytes) -> str:
    """The family that a file's first bytes belong to; "" when none is known."""
    for start, family in _PLAIN:
        if head.startswith(start):
            return family
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return "heif" if head[8:12] in _HEIF_BRANDS else "isobmff"
    if head[4:8] in _QUICKTIME:
        return "isobmff"
    return _frames(head)


def _frames(head: bytes) -> str:
    """Audio without a header begins with the mark of a frame; its layer tells the two kinds apart."""
    if len(head) < 2 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return ""
    return "mp3" if head[1] & 0x06 else "aac" if head[1] & 0xF0 == 0xF0 else ""


def is_surely_binary(head: bytes) -> bool:
    """Whether a text cannot begin so."""
    return family_of(head) not in _WEAK


def holds_markup(head: bytes, within: int = 1024) -> bool:
    """Whether a browser that guesses could take the file for a page."""
    start = head[:within].lower()
    return any(mark in start for mark in MARKUP)


def begins_with_markup(head: bytes) -> bool:
    """Whether a text is markup from its first letter on."""
    start = head.lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n\f\0").replace(b"\0", b"").lower()
    return start.startswith(MARKUP)

"""The one question: does the content match the extension?"""

from pathlib import Path

from ..types import TYPES
from . import archives, signatures, texts

_OFFICE = ("docx", "xlsx", "pptx", "odt", "ods", "odp")
_OLE_STREAMS = {"doc": ["WordDocument"], "xls": ["Workbook", "Book"], "ppt": ["PowerPoint Document"]}
_MARKUP = {"svg": (b"<svg",), "html": (b"<html", b"<!doctype html", b"<body"), "xml": (b"<?xml", b"<")}
_TAIL, _BLOCK, _SURE = 2048, 1024 * 1024, 0.8


class Mismatch(Exception):
    """The content is not what the extension says; `hides` when it would pass for two kinds of files at once."""

    def __init__(self, hides: bool = False):
        super().__init__("hides" if hides else "differs")
        self.hides = hides


def check(path: Path, extension: str) -> None:
    """Raise Mismatch unless the file at `path` is what its extension says."""
    with path.open("rb") as file:
        head = file.read(signatures.HEAD)
    family = TYPES[extension].family if extension in TYPES else ""
    if not head or not _matches(path, head, family, extension):
        raise Mismatch
    if family not in ("text", "svg", "html", "xml") and _hides_another(path, head, family):
        raise Mismatch(hides=True)


def _matches(path: Path, head: bytes, family: str, extension: str) -> bool:
    if family == "":
        return _nothing_else(head, extension)
    if family == "text":
        return not signatures.is_surely_binary(head) and not signatures.begins_with_markup(head) and texts.is_text(path)
    if family in _MARKUP:
        return any(mark in head.lower() for mark in _MARKUP[family]) and texts.is_text(path)
    found = signatures.family_of(head)
    if family in _OFFICE:
        return found == "zip" and archives.is_office(path, family)
    if family in _OLE_STREAMS:
        return found == "ole" and _names_stream(path, _OLE_STREAMS[family])
    return found == family and _ends_well(path, family)


def _ends_well(path: Path, family: str) -> bool:
    if family == "zip":
        return archives.directory_size(path) is not None
    if family == "pdf":
        with path.open("rb") as file:
            file.seek(max(path.stat().st_size - _TAIL, 0))
            return b"%%EOF" in file.read()
    return True


def _hides_another(path: Path, head: bytes, family: str) -> bool:
    """A second file behind or within the first: a page, a PDF, an archive."""
    if signatures.holds_markup(head) or (family != "pdf" and b"%PDF-" in head[:1024]):
        return True
    return family != "zip" and family not in _OFFICE and archives.directory_size(path) is not None


def _names_stream(path: Path, names: list[str]) -> bool:
    """Whether the directory of an old office file names one of the streams."""
    wanted = [name.encode("utf-16-le") + b"\0\0" for name in names]
    kept = b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            if any(name in kept + block for name in wanted):
                return True
            kept = block[-64:]
    return False


def _nothing_else(head: bytes, extension: str) -> bool:
    """Of a type that Frontdesk does not know: whether it is at least none that is known by its first bytes."""
    if signatures.family_of(head) in ("program", "script") or signatures.begins_with_markup(head):
        return False
    # Its tables take more than a megabyte, and few accounts allow types of their own.
    import puremagic

    try:
        found = [one for one in puremagic.magic_string(head) if one.confidence >= _SURE]
    except (puremagic.PureError, ValueError):
        return True
    return not found or any(one.extension.lstrip(".") == extension for one in found)

"""Zip archives by their directory alone: no entry is inflated, so that a bomb stays asleep."""

import struct
import zipfile
from pathlib import Path

_END = struct.Struct("<4sHHHHIIH")
_LONGEST_COMMENT = 0xFFFF
_LARGEST_DIRECTORY = 4 * 1024 * 1024
_LOCAL = struct.Struct("<4s22xHH")
_PARTS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
_MIMETYPES = {
    "odt": b"application/vnd.oasis.opendocument.text", "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}  # fmt: skip
_MACROS = ("vbaproject.bin", "vbadata.xml")


def directory_size(path: Path) -> int | None:
    """The bytes of the directory at the end of an archive; None when the file does not end as an archive."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(size - _END.size - _LONGEST_COMMENT, 0))
        tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    while place >= 0:
        if len(tail) - place >= _END.size:
            *_head, length, _offset, comment = _END.unpack_from(tail, place)
            if place + _END.size + comment == len(tail):
                return length
        place = tail.rfind(b"PK\x05\x06", 0, place)
    return None


def is_office(path: Path, family: str) -> bool:
    """Whether an archive is an office document of the family, without programs in it."""
    if family in _MIMETYPES:
        return _mimetype(path) == _MIMETYPES[family]
    length = directory_size(path)
    if length is None or length > _LARGEST_DIRECTORY:
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name.lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError, UnicodeDecodeError):
        return False
    wanted = any(name.startswith(_PARTS[family]) for name in names)
    return wanted and "[content_types].xml" in names and not any(name.endswith(_MACROS) for name in names)


def _mimetype(path: Path) -> bytes:
    """What the first entry of an OpenDocument file says, which is never packed."""
    with path.open("rb") as file:
        head = file.read(256)
    if len(head) < _LOCAL.size:
        return b""
    _magic, name, extra = _LOCAL.unpack_from(head)
    start = _LOCAL.size + name + extra
    if head[_LOCAL.size : _LOCAL.size + name] != b"mimetype":
        return b""
    return next(
        (text for text in sorted(_MIMETYPES.values(), key=len, reverse=True) if head[start:].startswith(text)), b""
    )

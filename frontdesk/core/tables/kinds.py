"""What a file is, told by its content; its name only has to agree."""

import re
import zipfile
from pathlib import PurePath

from .unreadable import Unreadable

EXTENSIONS = {
    "xlsx": "xlsx",
    "xlsm": "xlsx",
    "xls": "xls",
    "ods": "ods",
    "csv": "csv",
    "txt": "csv",
    "tsv": "csv",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"RIFF", "image"),
    (b"{\\rtf", "document"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"SQLite format 3", "binary"),
)
_TEXT_SIGNATURES = {b"BM", b"MZ", b"BZh", b"GIF8", b"RIFF", b"Rar!"}
_MARKUP = re.compile(
    rb"\s*<(?:(!doctype html|html|head|table|meta|body|style)|(\?xml|[a-z]+:?[a-z]*))[\s>]", re.IGNORECASE
)
_ZIP_MARKS = (
    ("xl/workbook.bin", "xlsb"),
    ("xl/workbook.xml", "xlsx"),
    ("word/document.xml", "document"),
    ("ppt/presentation.xml", "document"),
    ("Index/Document.iwa", "numbers"),
)
_HEAD_BYTES = 4096
_OLE_DIRECTORY_BYTES = 8192


def check_kind(path: str, filename: str) -> str:
    """The kind of the file ("xlsx", "xls", "ods", "csv").

    Raises Unreadable with "unknown_extension", "wrong_type", "encrypted", "empty_file" or "damaged".
    """
    extension = PurePath(filename).suffix.lower().lstrip(".")
    if extension not in EXTENSIONS:
        raise Unreadable("unknown_extension", extension=extension)
    content = _content(path)
    if content != EXTENSIONS[extension]:
        raise Unreadable("wrong_type", extension=extension, content=content)
    return content


def _content(path: str) -> str:
    with open(path, "rb") as file:
        head = file.read(_HEAD_BYTES)
        if not head.strip(b" \r\n\t\xef\xbb\xbf\xff\xfe"):
            raise Unreadable("empty_file")
        if head.startswith(_OLE):
            return _ole_content(_ole_directory(file, head))
    if head.startswith(_ZIP):
        return _zip_content(path)
    return _plain_content(head)


def _ole_directory(file, head: bytes) -> bytes:
    """The start of the list of streams: the header gives the power of the sector size and its sector."""
    power, sector = int.from_bytes(head[30:32], "little"), int.from_bytes(head[48:52], "little")
    if power not in (9, 12):
        raise Unreadable("damaged")
    file.seek((sector + 1) << power)
    return file.read(_OLE_DIRECTORY_BYTES)


def _ole_content(directory: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in directory:
        raise Unreadable("encrypted")
    return "document" if "WordDocument".encode("utf-16-le") in directory else "xls"


def _zip_content(path: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mimetype = _mimetype(archive) if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Unreadable("damaged") from error
    if mimetype.startswith("application/vnd.oasis.opendocument"):
        return "ods" if mimetype.endswith(".spreadsheet") else "document"
    return next((kind for name, kind in _ZIP_MARKS if name in names), "archive")


def _mimetype(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as file:
        return file.read(200).decode("ascii", "replace").strip()


def _plain_content(head: bytes) -> str:
    binary = b"\0" in head or sum(byte < 9 for byte in head) > len(head) // 50
    for signature, kind in _SIGNATURES:
        if head.startswith(signature) and (binary or signature not in _TEXT_SIGNATURES):
            return kind
    if markup := _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "html" if markup[1] else "xml"
    if head.lstrip()[:1] in (b"{", b"[") and head.lstrip()[1:2] in b'{"[\r\n ':
        return "json"
    return "csv"

"""Zipped workbooks, weighed before a parser opens them: what the directory claims, then what inflates."""

import struct
import zipfile
import zlib
from collections.abc import Iterator

from .limits import Limits
from .unreadable import Unreadable

_CHUNK = 1 << 18
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_ENCRYPTED_FLAG = 1
_TEXT_PARTS = (".xml", ".rels", ".vml")
# Word processors and spreadsheet programs write no declarations of their own; bombs and probes need them.
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY", b"<!ELEMENT", b"<!ATTLIST")
_OVERLAP = 16
_ROW_MARKS = {"xlsx": b"<row", "ods": b"<table:table-row"}


def check_archive(path: str, kind: str, limits: Limits) -> int:
    """Weigh a zipped workbook; returns how many row elements it holds, which explains a later lack of memory.

    Raises Unreadable with "bomb", "encrypted", "unsafe_xml" or "damaged".
    """
    try:
        with zipfile.ZipFile(path) as archive, open(path, "rb") as file:
            entries = archive.infolist()
            _check_directory(entries, limits)
            return _check_parts(file, entries, kind, limits)
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable("damaged") from error


def _check_directory(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.archive_entries:
        raise Unreadable("bomb")
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise Unreadable("encrypted")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise Unreadable("damaged")
    packed = sum(entry.compress_size for entry in entries)
    _check_weight(sum(entry.file_size for entry in entries), packed, limits)


def _check_weight(inflated: int, packed: int, limits: Limits) -> None:
    out_of_proportion = inflated > limits.ratio_floor_bytes and inflated > packed * limits.inflated_ratio
    if inflated > limits.inflated_bytes or out_of_proportion:
        raise Unreadable("bomb")


def _check_parts(file, entries: list[zipfile.ZipInfo], kind: str, limits: Limits) -> int:
    mark, rows, inflated, packed = _ROW_MARKS[kind], 0, 0, 0
    for entry in entries:
        packed += entry.compress_size
        if not entry.filename.lower().endswith(_TEXT_PARTS):
            continue
        if entry.filename == "META-INF/manifest.xml":
            _check_manifest(file, entry)
        tail = b""
        for chunk in _inflated(file, entry):
            inflated += len(chunk)
            _check_weight(inflated, packed, limits)
            _check_declarations(tail + chunk)
            rows += chunk.count(mark)
            tail = chunk[-_OVERLAP:]
    return rows


def _check_declarations(text: bytes) -> None:
    if b"<!" in text and any(declaration in text for declaration in _DECLARATIONS):
        raise Unreadable("unsafe_xml")


def _check_manifest(file, entry: zipfile.ZipInfo) -> None:
    """OpenDocument keeps the directory readable and encrypts each part; the manifest says so."""
    if any(b"encryption-data" in chunk for chunk in _inflated(file, entry)):
        raise Unreadable("encrypted")


def _inflated(file, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The real content of an entry in bounded chunks, whatever size the directory claims."""
    file.seek(entry.header_offset)
    magic, name_length, extra_length = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    if magic != b"PK\x03\x04":
        raise Unreadable("damaged")
    file.seek(name_length + extra_length, 1)
    packed = _packed(file, entry.compress_size)
    return packed if entry.compress_type == zipfile.ZIP_STORED else _deflated(packed)


def _packed(file, remaining: int) -> Iterator[bytes]:
    while remaining > 0 and (chunk := file.read(min(_CHUNK, remaining))):
        remaining -= len(chunk)
        yield chunk


def _deflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for chunk in packed:
        while chunk and not inflater.eof:
            yield inflater.decompress(chunk, _CHUNK)
            chunk = inflater.unconsumed_tail
    yield inflater.flush(_CHUNK)

"""A table on disk that later steps read as often as they like, from any row, with little memory.

Layout: blocks of rows (an array in MessagePack each), then an index of the blocks with the table's
description, then the length of that index in eight bytes.
"""

import os
import struct
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import BinaryIO, Self

import msgspec

from .unreadable import Unreadable

_BLOCK_ROWS = 500
_BLOCK_BYTES = 1 << 19
_ARRAY_HEADER = struct.Struct(">BI")
_ARRAY = 0xDD
_LENGTH_BYTES = 8


class Row(msgspec.Struct, array_like=True, gc=False):
    """One row: its `number` as the spreadsheet program shows it, and a cell for each column."""

    number: int
    cells: list[str | None]


class Block(msgspec.Struct, array_like=True, gc=False):
    """Where a run of rows lies: byte `offset` and `length`, index and number of its first row."""

    offset: int
    length: int
    first_index: int
    first_number: int


class Description(msgspec.Struct):
    """What is known of a table beside its rows."""

    kind: str
    columns: list[str]
    header_number: int
    sheets: list[str]
    sheet: str | None = None
    encoding: str | None = None
    separator: str | None = None
    count: int = 0
    blocks: list[Block] = []


_encoder = msgspec.msgpack.Encoder()
_rows_decoder = msgspec.msgpack.Decoder(list[Row])
_description_decoder = msgspec.msgpack.Decoder(Description)


class SpoolWriter:
    """Writes rows in blocks; `finish` adds the index. Raises Unreadable("too_complex") over `limit` bytes."""

    def __init__(self, file: BinaryIO, limit: int):
        self.file = file
        self.limit = limit
        self.offset = 0
        self.count = 0
        self.blocks: list[Block] = []
        self._start_block()

    def _start_block(self) -> None:
        self._buffer = bytearray(_ARRAY_HEADER.size)
        self._numbers: list[int] = []

    def add(self, number: int, cells: list[str | None]) -> None:
        _encoder.encode_into((number, cells), self._buffer, -1)
        self._numbers.append(number)
        if len(self._numbers) >= _BLOCK_ROWS or len(self._buffer) >= _BLOCK_BYTES:
            self._flush()

    def finish(self, description: Description) -> None:
        self._flush()
        description.count, description.blocks = self.count, self.blocks
        index = _encoder.encode(description)
        self.file.write(index + len(index).to_bytes(_LENGTH_BYTES, "big"))

    def _flush(self) -> None:
        if not self._numbers:
            return
        length = len(self._buffer)
        if self.offset + length > self.limit:
            raise Unreadable("too_complex")
        _ARRAY_HEADER.pack_into(self._buffer, 0, _ARRAY, len(self._numbers))
        self.file.write(self._buffer)
        self.blocks.append(Block(self.offset, length, self.count, self._numbers[0]))
        self.offset += length
        self.count += len(self._numbers)
        self._start_block()


class Table:
    """A spooled table: `columns` (headings), `sheets`, `sheet`, `kind`, `encoding`, `separator`; its rows.

    Iterating gives every `Row`; `rows(start, stop)` some, by index from 0; `row(number)` one, by its number
    in the file. Several iterations may run at once, and in several threads.
    """

    def __init__(self, file: BinaryIO):
        self._file = file
        size = os.fstat(file.fileno()).st_size
        length = int.from_bytes(self._read(size - _LENGTH_BYTES, _LENGTH_BYTES), "big")
        self.about = _description_decoder.decode(self._read(size - _LENGTH_BYTES - length, length))
        self._blocks = self.about.blocks

    @property
    def columns(self) -> list[str]:
        return self.about.columns

    @property
    def sheets(self) -> list[str]:
        return self.about.sheets

    @property
    def sheet(self) -> str | None:
        return self.about.sheet

    def __len__(self) -> int:
        return self.about.count

    def __iter__(self) -> Iterator[Row]:
        return self.rows()

    def rows(self, start: int = 0, stop: int | None = None) -> Iterator[Row]:
        """The rows with index `start` up to, not including, `stop`."""
        stop = len(self) if stop is None else min(stop, len(self))
        first = max(bisect_right(self._blocks, start, key=lambda block: block.first_index) - 1, 0)
        for block in self._blocks[first:]:
            if block.first_index >= stop:
                return
            rows = self._decoded(block)
            yield from rows[max(start - block.first_index, 0) : stop - block.first_index]

    def row(self, number: int) -> Row:
        """The row that the file numbers so. Raises KeyError for a row without content."""
        place = bisect_right(self._blocks, number, key=lambda block: block.first_number) - 1
        rows = self._decoded(self._blocks[place]) if place >= 0 else []
        found = bisect_left(rows, number, key=lambda row: row.number)
        if found == len(rows) or rows[found].number != number:
            raise KeyError(number)
        return rows[found]

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error) -> None:
        self.close()

    def _decoded(self, block: Block) -> list[Row]:
        return _rows_decoder.decode(self._read(block.offset, block.length))

    def _read(self, offset: int, length: int) -> bytes:
        return os.pread(self._file.fileno(), length, offset)


def load(path: str | os.PathLike) -> Table:
    """The table spooled at `path`. Raises FileNotFoundError."""
    return Table(open(path, "rb"))

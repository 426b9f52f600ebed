"""Exports as .csv and .xlsx: written as they come, in constant memory, with nothing that a program evaluates.

Example:
    write_xlsx(path_or_stream, ["Name", "Phone"], rows)
    write_csv(path_or_stream, ["Name", "Phone"], rows)

Cells are str, int, float, Decimal, bool, date, datetime, time or None; anything else is written as its text.
"""

import csv
import datetime
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from decimal import Decimal
from typing import BinaryIO

from .cells import guard_formula, guard_quoted, tidy_text

Target = str | os.PathLike | BinaryIO
LARGEST_SHEET_ROWS = 1_048_576
_LONGEST_CELL = 32_767
_CSV_CHUNK_ROWS = 1_000
# Excel keeps fifteen digits of a number; a longer one is safe only as text.
_LARGEST_EXACT = 10**15
_FIRST_EXCEL_DATE = datetime.date(1900, 3, 1)
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}


def csv_chunks(
    columns: Sequence[str], rows: Iterable[Sequence], separator: str = ",", mark: bool = True
) -> Iterator[bytes]:
    """The table as UTF-8 text in pieces, for a response that is sent while it is made.

    Text that a spreadsheet program would evaluate gets an apostrophe before it; reading takes it away again.
    `mark` puts the byte order mark first, by which Excel knows UTF-8.
    """
    buffer = io.StringIO("\ufeff" if mark else "", newline="")
    buffer.seek(0, io.SEEK_END)
    writer = csv.writer(buffer, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerow(map(_csv_cell, columns))
    for count, row in enumerate(rows, 1):
        writer.writerow(map(_csv_cell, row))
        if count % _CSV_CHUNK_ROWS == 0:
            yield _emptied(buffer)
    yield _emptied(buffer)


def write_csv(
    target: Target, columns: Sequence[str], rows: Iterable[Sequence], separator: str = ",", mark: bool = True
) -> None:
    """As `csv_chunks`, to a path or an open binary stream."""
    with open(target, "wb") if isinstance(target, (str, os.PathLike)) else nullcontext(target) as file:
        for chunk in csv_chunks(columns, rows, separator, mark):
            file.write(chunk)


def workbook(target: Target, options: dict):
    """A new workbook of xlsxwriter."""
    # Its modules take twelve MiB, which a process needs only once somebody exports.
    from xlsxwriter import Workbook

    return Workbook(target, options)


def write_xlsx(target: Target, columns: Sequence[str], rows: Iterable[Sequence], sheet: str = "Sheet1") -> None:
    """The table as a workbook of one sheet, at a path or in an open binary stream.

    Text stays text whatever it begins with; beyond the 32,767 characters of a cell it is cut with "…".
    Raises ValueError beyond 1,048,575 rows.
    """
    with workbook(target, _OPTIONS) as book:
        page = book.add_worksheet(sheet)
        page.freeze_panes(1, 0)
        _XlsxRows(book, page).write(columns, rows)


class _XlsxRows:
    """Writes cells of each type with the formats that its workbook needs."""

    def __init__(self, book, page):
        self.page = page
        self.heading = book.add_format({"bold": True})
        # Without the prefix, editing such a cell by hand would turn its text into a formula.
        self.guarded = book.add_format({"quote_prefix": True})
        # A datetime is a date too, so it comes first.
        self.formats = {
            datetime.datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            datetime.date: book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime.time: book.add_format({"num_format": "hh:mm:ss"}),
        }

    def write(self, columns: Sequence[str], rows: Iterable[Sequence]) -> None:
        for index, label in enumerate(columns):
            self.page.set_column(index, index, min(max(len(label) + 2, 12), 40))
            self.page.write_string(0, index, xlsx_text(str(label)), self.heading)
        for number, row in enumerate(rows, 1):
            if number >= LARGEST_SHEET_ROWS:
                raise ValueError(f"A sheet holds {LARGEST_SHEET_ROWS} rows")
            for index, cell in enumerate(row):
                self._write_cell(number, index, cell)

    def _write_cell(self, row: int, column: int, cell) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, bool):
            self.page.write_boolean(row, column, cell)
        elif isinstance(cell, (int, float, Decimal)) and _is_exact(cell):
            self.page.write_number(row, column, cell)
        elif isinstance(cell, (datetime.date, datetime.time)) and _is_excel_date(cell):
            chosen = next(form for kind, form in self.formats.items() if isinstance(cell, kind))
            self.page.write_datetime(row, column, cell, chosen)
        else:
            text = xlsx_text(_text(cell))
            guard = self.guarded if guard_formula(text) != text else None
            self.page.write_string(row, column, text, guard)


def _emptied(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def _is_exact(number) -> bool:
    return -_LARGEST_EXACT < number < _LARGEST_EXACT


def _is_excel_date(moment) -> bool:
    if isinstance(moment, datetime.time):
        return True
    day = moment.date() if isinstance(moment, datetime.datetime) else moment
    return day >= _FIRST_EXCEL_DATE


def _text(cell) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (datetime.date, datetime.time)):
        return cell.isoformat()
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def _csv_cell(cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guard_formula(tidy_text(cell))
    if isinstance(cell, (int, float, Decimal, datetime.date, datetime.time)):
        return _text(cell)
    return guard_formula(tidy_text(_text(cell)))


def xlsx_text(text: str) -> str:
    """The text as a cell can hold it and as reading will give it back."""
    text = guard_quoted(tidy_text(text))
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"

"""Workbooks (.xlsx, .xls, .ods) through calamine: the values that the file holds, no formula evaluated."""

from collections.abc import Iterator

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from .cells import clean_cell
from .limits import Limits
from .unreadable import Unreadable


class Workbook:
    """An open workbook: `sheets`, the names that a person sees, and the rows of one."""

    def __init__(self, path: str, limits: Limits):
        self.limits = limits
        self.book = _guarded(CalamineWorkbook.from_path, path)
        self.sheets = _visible_sheets(self.book)

    def choose(self, name: str | None) -> CalamineSheet:
        """The sheet to read: the one asked for, else the first with content.

        Raises Unreadable("no_such_sheet").
        """
        if name is not None and name not in self.sheets:
            raise Unreadable("no_such_sheet", sheet=name, sheets=self.sheets)
        for candidate in [name] if name else self.sheets:
            sheet = _guarded(self.book.get_sheet_by_name, candidate)
            if sheet.total_height:
                break
        return sheet

    def rows(self, sheet: CalamineSheet) -> Iterator[tuple[int, list[str | None]]]:
        """Row number as in the file and clean cells from column A on; empty rows are left out.

        Raises Unreadable.
        """
        margin: list[str | None] = [None] * (sheet.start[1] if sheet.start else 0)
        for number, cells in enumerate(sheet.iter_rows(), 1):
            try:
                row = [clean_cell(cell) for cell in cells]
            except Unreadable as refused:
                raise Unreadable(refused.code, row=number) from refused
            if any(row):
                self._check_length(number, row)
                yield number, margin + row

    def _check_length(self, number: int, row: list[str | None]) -> None:
        limit = self.limits.cell_characters
        if any(cell and len(cell) > limit for cell in row):
            raise Unreadable("cell_too_long", row=number, limit=limit)


def _visible_sheets(book: CalamineWorkbook) -> list[str]:
    tables = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    shown = [sheet.name for sheet in tables if sheet.visible == SheetVisibleEnum.Visible]
    if not tables:
        raise Unreadable("empty_sheet")
    return shown or [sheet.name for sheet in tables]


def _guarded(read, argument: str):
    try:
        return read(argument)
    except PasswordError as error:
        raise Unreadable("encrypted") from error
    except CalamineError as error:
        # Dense sheets beyond calamine's own bound are named by their size, all else is a broken file.
        raise Unreadable("too_complex" if "limit exceeded" in str(error) else "damaged") from error

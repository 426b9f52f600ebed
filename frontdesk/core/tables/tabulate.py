"""Rows of any file as one table: headings, then rows exactly as wide as the headings."""

from collections.abc import Iterable, Iterator
from itertools import compress

from .cells import column_letters
from .limits import Limits
from .unreadable import Unreadable

Rows = Iterable[tuple[int, list[str | None]]]


class Tabulated:
    """The first row as `columns`, the others through iteration as (row number, cells). Raises Unreadable."""

    def __init__(self, rows: Rows, limits: Limits):
        self._rows = iter(rows)
        self.limits = limits
        self.header_number, cells = next(self._rows, (0, []))
        if not self.header_number:
            raise Unreadable("empty_sheet")
        self._named = [cell is not None for cell in cells]
        self.columns = [" ".join(cell.split()) for cell in cells if cell is not None]
        if len(self.columns) > limits.columns:
            raise Unreadable("too_many_columns", row=self.header_number, limit=limits.columns)
        _check_duplicates(cells)

    def __iter__(self) -> Iterator[tuple[int, list[str | None]]]:
        count, width = 0, len(self._named)
        dense = all(self._named)
        for number, cells in self._rows:
            count += 1
            if count > self.limits.rows:
                raise Unreadable("too_many_rows", limit=self.limits.rows)
            if len(cells) < width:
                cells = cells + [None] * (width - len(cells))
            if len(cells) > width or not dense:
                self._check_unnamed(number, cells)
                cells = list(compress(cells, self._named))
            yield number, cells
        if not count:
            raise Unreadable("only_header")

    def _check_unnamed(self, number: int, cells: list[str | None]) -> None:
        """A value without a heading would be lost without a word."""
        for index, cell in enumerate(cells):
            if cell is not None and not (index < len(self._named) and self._named[index]):
                if index >= self.limits.columns:
                    raise Unreadable("too_many_columns", row=number, limit=self.limits.columns)
                letters = column_letters(index)
                raise Unreadable("unnamed_column", row=number, column=letters, header=self.header_number)


def _check_duplicates(cells: list[str | None]) -> None:
    seen: dict[str, int] = {}
    for index, cell in enumerate(cells):
        if cell is None:
            continue
        key = " ".join(cell.split()).casefold()
        if key in seen:
            first, second = column_letters(seen[key]), column_letters(index)
            raise Unreadable("duplicate_header", name=cell, first=first, second=second)
        seen[key] = index

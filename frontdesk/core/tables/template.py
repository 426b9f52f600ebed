"""Workbooks to fill in: headings with hints, required ones in yellow, choices as lists, an example row."""

from collections.abc import Sequence

import msgspec

from .cells import column_letters
from .writing import Target, workbook, xlsx_text

# A list written into the rule itself may hold 255 characters; longer ones live on a sheet of their own.
_LONGEST_INLINE_LIST = 255
_VALIDATED_ROWS = 10_000
_LISTS_SHEET = "Lists"
_HEADING = {"bold": True, "border": 1, "border_color": "#C9C5BC", "valign": "vcenter", "text_wrap": True}
_COLORS = {True: "#FFEB3B", False: "#EFEDE8"}
_FORMATS = {"text": "@", "date": "yyyy-mm-dd", "number": "General"}


class Column(msgspec.Struct, frozen=True):
    """A column to fill in; `kind` is "text" (keeps +40 and leading zeros), "date" or "number"."""

    key: str
    label: str
    required: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()
    example: str = ""
    kind: str = "text"


def example_cells(columns: Sequence[Column]) -> list[str | None]:
    """The cells of the example row as reading gives them, by which an import knows and skips it."""
    return [column.example or None for column in columns]


def write_template(target: Target, columns: Sequence[Column], sheet: str = "Sheet1") -> None:
    """A workbook with the headings of `columns`, at a path or in an open binary stream."""
    with workbook(target, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet(sheet)
        page.freeze_panes(1, 0)
        page.set_row(0, 28)
        example = {"italic": True, "font_color": "#6B675F"}
        for index, column in enumerate(columns):
            number_format = {"num_format": _FORMATS[column.kind]}
            page.set_column(index, index, _width(column), book.add_format(number_format))
            _write_heading(book, page, index, column)
            page.write_string(1, index, xlsx_text(column.example), book.add_format(number_format | example))
        _add_lists(book, page, columns)


def _width(column: Column) -> int:
    return min(max(len(column.label), len(column.example), 10) + 4, 48)


def _write_heading(book, page, index: int, column: Column) -> None:
    heading = book.add_format({**_HEADING, "bg_color": _COLORS[column.required]})
    page.write_string(0, index, xlsx_text(str(column.label)), heading)
    if column.hint:
        page.write_comment(0, index, column.hint, {"x_scale": 1.6, "font_size": 9})


def _add_lists(book, page, columns: Sequence[Column]) -> None:
    lists = None
    for index, column in enumerate(columns):
        if not column.choices:
            continue
        source: list[str] | str = list(column.choices)
        # A comma would cut a choice in two in a list written inline.
        if len(",".join(source)) > _LONGEST_INLINE_LIST or any("," in choice for choice in source):
            lists = lists or _lists_sheet(book)
            source = _written_list(lists, index, column.choices)
        rule = {"validate": "list", "source": source}
        page.data_validation(1, index, _VALIDATED_ROWS, index, rule)


def _lists_sheet(book):
    lists = book.add_worksheet(_LISTS_SHEET)
    lists.hide()
    return lists


def _written_list(lists, index: int, choices: Sequence[str]) -> str:
    for row, choice in enumerate(choices):
        lists.write_string(row, index, choice)
    letters = column_letters(index)
    return f"={_LISTS_SHEET}!${letters}$1:${letters}${len(choices)}"

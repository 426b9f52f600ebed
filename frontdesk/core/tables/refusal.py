"""A refused file, said in the reader's language: what is wrong and what to do."""

from collections.abc import Callable

from django.utils.formats import number_format

from frontdesk.core.text import gettext as _
from frontdesk.core.text import ngettext as _n


class TableRefused(ValueError):
    """A file that cannot be taken.

    `code` is stable, `details` its figures (`row`, `column`, `limit`, …), `sheets` the sheets that may be
    chosen instead, `message` the sentence in the language in use when it is asked for.
    """

    def __init__(self, code: str, details: dict | None = None):
        self.code = code if code in MESSAGES else "damaged"
        self.details = details or {}
        super().__init__(self.code, self.details)

    @property
    def sheets(self) -> list[str]:
        return self.details.get("sheets", [])

    @property
    def message(self) -> str:
        return MESSAGES[self.code](self.details)


CONTENTS: dict[str, Callable[[], str]] = {
    "xlsx": lambda: _("an Excel workbook (.xlsx)"),
    "xls": lambda: _("an old Excel workbook (.xls)"),
    "xlsb": lambda: _("a binary Excel workbook (.xlsb)"),
    "ods": lambda: _("an OpenDocument spreadsheet (.ods)"),
    "csv": lambda: _("plain text"),
    "html": lambda: _("a web page"),
    "xml": lambda: _("an XML document"),
    "json": lambda: _("JSON data"),
    "pdf": lambda: _("a PDF document"),
    "image": lambda: _("a picture"),
    "document": lambda: _("a text document or presentation"),
    "numbers": lambda: _("an Apple Numbers or Pages document"),
    "archive": lambda: _("an archive"),
    "program": lambda: _("a program"),
    "binary": lambda: _("data that is not a table"),
}


def _figure(details: dict, name: str) -> str:
    return number_format(details.get(name, 0), force_grouping=True)


def _content(details: dict) -> str:
    return CONTENTS.get(details.get("content", ""), CONTENTS["binary"])()


MESSAGES: dict[str, Callable[[dict], str]] = {
    "empty_file": lambda d: _("The file is empty. Choose a file with a row of headings and at least one row below it."),
    "empty_sheet": lambda d: _(
        "There is nothing in the sheet. Put headings in its first row and data below, or choose another sheet."
    ),
    "only_header": lambda d: _(
        "The file has headings but no rows below them. Add at least one row, or choose another sheet."
    ),
    "unknown_extension": lambda d: _(
        "This kind of file cannot be read. Choose a file that ends in .xlsx, .xls, .ods or .csv."
    ),
    "wrong_type": lambda d: _(
        "The name of the file ends in .%(extension)s, but its content is %(content)s. "
        "Open it in a spreadsheet program and save it as .xlsx or .csv.",
        extension=d.get("extension", ""),
        content=_content(d),
    ),
    "encrypted": lambda d: _(
        "The file is protected by a password. Open it, remove the password, save it and upload it again."
    ),
    "damaged": lambda d: _(
        "The file is damaged and cannot be read. Open it in a spreadsheet program and save it again."
    ),
    "unsafe_xml": lambda d: _(
        "The file contains declarations that no spreadsheet program writes, so it was not opened. "
        "Open it in a spreadsheet program and save it again."
    ),
    "bomb": lambda d: _(
        "Unpacked, the file would be far larger than a table needs, so it was not opened. "
        "Copy the rows to a new workbook, or save them as .csv."
    ),
    "too_large": lambda d: _(
        "The file is larger than %(limit)s MB. Split it into several files, or save it as .csv.",
        limit=_figure(d, "limit"),
    ),
    "too_complex": lambda d: _(
        "The file needs too much memory to be read. Split it into several files, or save it as .csv."
    ),
    "too_slow": lambda d: _("The file takes too long to be read. Split it into several files, or save it as .csv."),
    "too_many_rows": lambda d: _n(
        "The file has more than %(limit)s row. Split it into several files.",
        "The file has more than %(limit)s rows. Split it into several files.",
        d.get("limit", 0),
        limit=_figure(d, "limit"),
    ),
    "too_many_columns": lambda d: _n(
        "Row %(row)s has more than %(limit)s column. Remove the columns that are not needed.",
        "Row %(row)s has more than %(limit)s columns. Remove the columns that are not needed.",
        d.get("limit", 0),
        limit=_figure(d, "limit"),
        row=_figure(d, "row"),
    ),
    "cell_too_long": lambda d: _(
        "Row %(row)s has a cell of more than %(limit)s characters. Shorten it; in a .csv file, "
        "look for a quotation mark that is not closed.",
        row=_figure(d, "row"),
        limit=_figure(d, "limit"),
    ),
    "unclosed_quote": lambda d: _(
        "A quotation mark opened in row %(row)s is never closed. Close it, or save the file again as .csv.",
        row=_figure(d, "row"),
    ),
    "nul_characters": lambda d: _(
        "Row %(row)s contains NUL characters, which no table has: the file is damaged or is not a table. "
        "Open it in a spreadsheet program and save it again.",
        row=_figure(d, "row"),
    ),
    "unknown_encoding": lambda d: _(
        "The letters of the file cannot be read with certainty (row %(row)s). Save it again as “CSV UTF-8”.",
        row=_figure(d, "row"),
    ),
    "duplicate_header": lambda d: _(
        "Two columns (%(first)s and %(second)s) have the same heading “%(name)s”. Rename one of them.",
        first=d.get("first", ""),
        second=d.get("second", ""),
        name=d.get("name", ""),
    ),
    "unnamed_column": lambda d: _(
        "Row %(row)s has a value in column %(column)s, which has no heading. "
        "Give the column a heading in row %(header)s, or empty it.",
        row=_figure(d, "row"),
        column=d.get("column", ""),
        header=_figure(d, "header"),
    ),
    "no_such_sheet": lambda d: _(
        "The workbook has no sheet called “%(sheet)s”. Choose one of its sheets.", sheet=d.get("sheet", "")
    ),
    "no_space": lambda d: _("The server has no room left for the file. Tell your administrator; nothing was changed."),
}

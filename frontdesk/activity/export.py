"""The log as a file."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from frontdesk.core import paging
from frontdesk.core.errors import Invalid
from frontdesk.core.tables.writing import csv_chunks, write_xlsx
from frontdesk.core.text import gettext as _

from . import sentences
from .queries import FIELDS, LogFilters, entry_of, logged

ROWS_AT_ONCE = 1000


def _rows(filters: LogFilters) -> Iterator[list]:
    after: str | None = ""
    while after is not None:
        page = paging.page(logged(filters).values(*FIELDS), ["-id"], after=after, limit=ROWS_AT_ONCE)
        entries = [entry_of(row) for row in page.rows]
        names = sentences.resolve(entries)
        for entry in entries:
            said = sentences.describe(entry, names, html=False)
            data = json.dumps(entry.data, ensure_ascii=False) if entry.data else ""
            yield [entry.at.isoformat(), entry.who, said, entry.verb, entry.client_id, entry.subject_id, data, entry.id]
        after = page.after


def _columns() -> list[str]:
    return [_("Time"), _("Who"), _("What"), _("Verb"), _("%(Client)s"), _("Object"), _("Data"), _("Number")]


def log_csv(filters: LogFilters) -> Iterator[bytes]:
    """The log under the filters as CSV in pieces, newest first, in constant memory."""
    return csv_chunks(_columns(), _rows(filters))


def log_xlsx(target: BinaryIO, filters: LogFilters) -> None:
    """The same as a workbook in an open file; raises Invalid for more rows than a sheet holds."""
    try:
        write_xlsx(target, _columns(), _rows(filters), sheet=_("Audit log")[:31])
    except ValueError:
        raise Invalid(_("A sheet holds a million rows. Choose fewer days, or the csv file.")) from None

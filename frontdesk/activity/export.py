"""The log as a file."""

import json
from collections.abc import Iterator

from frontdesk.core import paging
from frontdesk.core.tables.writing import csv_chunks
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


def log_csv(filters: LogFilters) -> Iterator[bytes]:
    """The log under the filters as CSV in pieces, newest first, in constant memory."""
    columns = [_("Time"), _("Who"), _("What"), _("Verb"), _("%(Client)s"), _("Object"), _("Data"), _("Number")]
    return csv_chunks(columns, _rows(filters))

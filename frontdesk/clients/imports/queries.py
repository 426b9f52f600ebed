"""Reads for the pages and the API: what a file will become, what it became."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings

from frontdesk.core import emails, paging, phones
from frontdesk.core.tables.reading import Row
from frontdesk.core.text import gettext as _

from ..custom.values import shown_all
from ..models import Client, Kind, Status
from . import running, storage
from .access import imports_for
from .fields import EMAILS, PHONES, by_key
from .matching import REJECTED, SKIPPED, Decision
from .models import ClientImport, ImportedClient, LeftOutRow

SHOWN = 50
ALL = "all"
SHOWS = (ALL, REJECTED, SKIPPED)


@dataclass
class PreviewRow:
    """A row as it will be: `cells` by field, `reasons` by field ("" for the whole row)."""

    number: int
    outcome: str
    cells: dict[str, str]
    reasons: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Preview:
    """The first rows of a checked file, or the first that would be left out; `fields` are the mapped ones."""

    fields: list[str]
    rows: list[PreviewRow]


def recent(actor, *, after: str = "", limit: int = paging.LIMIT) -> paging.Page:
    """The account's imports, newest first."""
    return paging.page(imports_for(actor).select_related("member"), ["-id"], after=after, limit=limit)


def preview(source: ClientImport, account, show: str = ALL) -> Preview:
    """How the file's first rows will be, or the first of those left out (`show` one of SHOWS)."""
    fields = [key for key in source.mapping if key]
    with storage.rows(source.pk) as table:
        if show == ALL:
            decisions = running.decide_some(source, account, list(table.rows(0, SHOWN)))
            made = running.drafter(source, account)
            rows = [_future_row(made, decision, table.row(decision.draft.number)) for decision in decisions]
        else:
            rows = [_left_out(source, left, table.row(left.row)) for left in _left_out_rows(source, show)[:SHOWN]]
    return Preview(fields, rows)


def _left_out_rows(source: ClientImport, outcome: str):
    return LeftOutRow.objects.filter(source_id=source.pk, rejected=outcome == REJECTED).order_by("row")


def _typed(source: ClientImport, row: Row) -> dict[str, str]:
    return {key: row.cells[index] or "" for index, key in enumerate(source.mapping) if key}


def _placed(fields: dict[str, str], reasons: dict[str, list[str]]) -> dict[str, list[str]]:
    """Reasons of fields that the file does not have belong to the whole row."""
    placed: dict[str, list[str]] = {}
    for key, said in reasons.items():
        placed.setdefault(key if key in fields else "", []).extend(said)
    return placed


def _left_out(source: ClientImport, left: LeftOutRow, row: Row) -> PreviewRow:
    cells = _typed(source, row)
    return PreviewRow(row.number, REJECTED if left.rejected else SKIPPED, cells, _placed(cells, left.reasons))


def _future_row(made, decision: Decision, row: Row) -> PreviewRow:
    typed = {key: row.cells[index] or "" for key, index in made.places}
    reasons = _placed(typed, decision.reasons)
    cells = {key: text if key in reasons else _future(made, decision, key, text) for key, text in typed.items()}
    return PreviewRow(row.number, decision.outcome, cells, reasons)


def _future(made, decision: Decision, key: str, text: str) -> str:
    """A cell as it will be kept; empty ones of new clients show what stands in for them."""
    client = decision.draft.checked.client
    if key in EMAILS:
        return emails.parse(text) if text else ""
    if key in PHONES:
        return phones.display(phones.parse(text, client.address.country or made.country).e164) if text else ""
    if not text:
        return _stand_in(decision, key)
    if key.startswith("custom."):
        return _future_own(made, client, key)
    if key == "tags":
        return ", ".join(client.tags)
    if key in ("kind", "status"):
        return str({"kind": Kind, "status": Status}[key](getattr(client, key)).label)
    if key == "language":
        return dict(settings.LANGUAGES).get(client.language, client.language)
    return made.words.country.get(text.lower(), text) if key == "country" else " ".join(text.split())


def _future_own(made, client, key: str) -> str:
    """A value of an own field as it will be shown."""
    return next((str(value) for field, value in shown_all(made.own, client.custom) if field.path == key), "")


def _stand_in(decision: Decision, key: str) -> str:
    client = decision.draft.checked.client
    if decision.client_id or key not in ("kind", "status"):
        return ""
    return str({"kind": Kind, "status": Status}[key](getattr(client, key)).label)


def explained(source: ClientImport, reasons: dict[str, list[str]]) -> str:
    """All reasons against a row in one line, each with the heading of its column."""
    headings = {key: column for key, column in zip(source.mapping, source.columns, strict=False) if key}
    parts = []
    for key, said in reasons.items():
        sentences = " ".join(said)
        parts.append(f"{headings[key]}: {sentences}" if key in headings else sentences)
    return " ".join(parts)


def rejected_columns(source: ClientImport) -> list[str]:
    """The file's own headings and one for the reason."""
    label = _("Error")
    while label in source.columns:
        label += " *"
    return [*source.columns, label]


def rejected_rows(source: ClientImport) -> Iterator[list]:
    """The rejected rows as they stood in the file, each with the reason at its end; in batches of the table."""
    after = 0
    with storage.rows(source.pk) as table:
        while True:
            found = list(_left_out_rows(source, REJECTED).filter(row__gt=after)[: running.CHUNK])
            for left in found:
                yield [*table.row(left.row).cells, explained(source, left.reasons)]
            if len(found) < running.CHUNK:
                return
            after = found[-1].row


@dataclass(frozen=True)
class Result:
    """A client that an import touched; `name` is "" when it was deleted since."""

    id: UUID
    client_id: UUID
    name: str
    row: int
    created: bool


def imported(source: ClientImport, *, after: str = "", before: str = "") -> paging.Page:
    """The clients that an import created or updated, in the order of the file."""
    page = paging.page(ImportedClient.objects.filter(source_id=source.pk), ["id"], after=after, before=before)
    names = dict(Client.objects.filter(pk__in=[row.client_id for row in page.rows]).values_list("pk", "name"))
    rows = [Result(row.pk, row.client_id, names.get(row.client_id, ""), row.row, row.created) for row in page.rows]
    return paging.Page(rows, page.after, page.before)


def field_titles(keys: list[str]) -> dict[str, str]:
    """Labels of fields in the language in use; a field that was archived since has none."""
    known = by_key()
    return {key: known[key].title if key in known else "–" for key in keys}

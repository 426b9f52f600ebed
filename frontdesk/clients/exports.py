"""Clients as a table to take away: all that pass the filters, read in pages, sent while they are read."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone

from frontdesk.core.errors import Missing
from frontdesk.core.tables.writing import csv_chunks, write_xlsx
from frontdesk.core.tenancy.context import account_context
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy

from . import access, columns, permissions, queries
from .custom.values import fields_in_use, shown, state_of
from .models import Address, Contact, CustomField, Kind, Status

PAGE = 1000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = {
    "name": _lazy("Name"),
    "kind": _lazy("Kind"),
    "status": _lazy("Status"),
    "reference": _lazy("Reference"),
    "contact": _lazy("Primary contact"),
    "email": _lazy("E-mail"),
    "phone": _lazy("Phone"),
    "street": _lazy("Street and number"),
    "postal_code": _lazy("Postal code"),
    "city": _lazy("City"),
    "country": _lazy("Country"),
    "tags": _lazy("Tags"),
    "team": _lazy("Team"),
    "unsubscribed": _lazy("Unsubscribed from all"),
    "created": _lazy("Added on"),
}
ADDRESS = ("street", "postal_code", "city", "country")


def _details(ids: list) -> tuple[dict, dict]:
    names = Contact.objects.filter(client_id__in=ids, is_primary=True).values_list("client_id", "name")
    addresses = Address.objects.filter(client_id__in=ids, contact=None).order_by("-id")
    return dict(names), {address.client_id: address for address in addresses}


def _labels() -> dict[str, str]:
    """Names of kinds and statuses, read while the reader's language is in use: the rows are made after that."""
    words = (*Kind.choices, *Status.choices, ("yes", _("Yes")), ("no", _("No")))
    return {value: str(label) for value, label in words}


def _own(field: CustomField, value, labels: dict[str, str]):
    """A value of an own field as a cell."""
    return labels[state_of(field, value)] if isinstance(value, bool) else shown(field, value)


def _cells(row: dict, labels: dict[str, str], zone) -> dict:
    """Cells by the keys of columns, without those of contact and address."""
    return {
        "name": row["name"], "kind": labels[row["kind"]], "status": labels[row["status"]],
        "reference": row["reference"], "email": row["email"], "phone": row["phone"],
        "tags": ", ".join(tag["name"] for tag in row["tags"]),
        "team": ", ".join(member["name"] for member in row["team"]),
        "portal": labels["yes" if row["has_portal"] else "no"],
        "unsubscribed": labels["yes" if row["unsubscribed"] else "no"],
        "created": timezone.localtime(row["created_at"], zone).date(),
        "changed": timezone.localtime(row["updated_at"], zone).date(),
    }  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What is exported: the clients, their order, and the columns by key; `fields` are the account's own.

    `chosen` are the clients, where they were picked one by one.
    """

    filters: queries.Filters
    sort: str
    keys: list[str]
    fields: list[CustomField]
    chosen: list[UUID] | None = None

    @property
    def has_details(self) -> bool:
        """Whether contacts and addresses are needed."""
        return not {"contact", *ADDRESS}.isdisjoint(self.keys)


def export_rows(actor, wanted: Wanted) -> Iterator[list]:
    """Every client wanted, with a cell for each of the columns."""
    return _rows(actor, wanted, _labels(), timezone.get_current_timezone())


def _rows(actor, wanted: Wanted, labels: dict[str, str], zone) -> Iterator[list]:
    after = ""
    while True:
        with account_context(actor.account_id):
            found = queries.list_clients(
                actor, wanted.filters, sort=wanted.sort, after=after, limit=PAGE, chosen=wanted.chosen
            )
            names, addresses = _details([row["id"] for row in found.rows]) if wanted.has_details else ({}, {})
        for row in found.rows:
            cells = _cells(row, labels, zone)
            cells |= {field.path: _own(field, row["custom"].get(str(field.pk)), labels) for field in wanted.fields}
            cells["contact"], address = names.get(row["id"], ""), addresses.get(row["id"])
            cells |= {name: getattr(address, name) if address else "" for name in ADDRESS}
            yield [cells[key] for key in wanted.keys]
        if not found.after:
            return
        after = found.after


def _disposition(extension: str) -> str:
    return f'attachment; filename="clients-{timezone.localdate().isoformat()}.{extension}"'


def _wanted(
    filters: queries.Filters, keys: list[str], sort: str, picked: list[UUID] | None
) -> tuple[Wanted, list[str]]:
    """What to export, and the headings; without chosen columns everything that there is."""
    fields = fields_in_use()
    if keys:
        chosen = columns.chosen(keys, fields)
        labels = [str(COLUMNS["name"]), *(str(column.label) for column in chosen)]
        return Wanted(filters, sort, ["name", *(column.key for column in chosen)], fields, picked), labels
    labels = [*map(str, COLUMNS.values()), *(field.label for field in fields)]
    return Wanted(filters, sort, [*COLUMNS, *(field.path for field in fields)], fields, picked), labels


def export_response(
    actor, filters: queries.Filters, extension: str, chosen: list[UUID] | None = None,
    *, keys: list[str] | tuple = (), sort: str = "name",
) -> HttpResponse | StreamingHttpResponse:  # fmt: skip
    """The export of those under the filters, or of the `chosen`, with the columns of `keys` (none: all).

    Raises Missing for an unknown format, Invalid for a bad filter, order or column, Forbidden.
    """
    access.require(actor, permissions.EXPORT)
    queries.list_clients(actor, filters, sort=sort, limit=1)
    wanted, headings = _wanted(filters, list(keys), sort, chosen)
    rows = export_rows(actor, wanted)
    headers = {"Content-Disposition": _disposition(extension)}
    if extension == "csv":
        chunks = csv_chunks(headings, rows)
        return StreamingHttpResponse(chunks, content_type="text/csv; charset=utf-8", headers=headers)
    if extension != "xlsx":
        raise Missing("format")
    file = tempfile.TemporaryFile()
    write_xlsx(file, headings, rows, sheet=_("%(Clients)s")[:31])
    file.seek(0)
    return FileResponse(file, content_type=XLSX, headers=headers)

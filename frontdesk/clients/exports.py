"""Clients as a table to take away: all that pass the filters, read in pages, sent while they are read."""

import tempfile
from collections.abc import Iterator
from uuid import UUID

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone

from frontdesk.core.errors import Missing
from frontdesk.core.tables.writing import csv_chunks, write_xlsx
from frontdesk.core.tenancy.context import account_context
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy

from . import access, permissions, queries
from .custom.values import fields_in_use, shown, state_of
from .models import Address, Contact, CustomField, Kind, Status

PAGE = 1000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    _lazy("Name"),
    _lazy("Kind"),
    _lazy("Status"),
    _lazy("Reference"),
    _lazy("Primary contact"),
    _lazy("E-mail"),
    _lazy("Phone"),
    _lazy("Street and number"),
    _lazy("Postal code"),
    _lazy("City"),
    _lazy("Country"),
    _lazy("Tags"),
    _lazy("Team"),
    _lazy("Added on"),
)


def _details(ids: list) -> tuple[dict, dict]:
    names = Contact.objects.filter(client_id__in=ids, is_primary=True).values_list("client_id", "name")
    addresses = Address.objects.filter(client_id__in=ids, contact=None).order_by("-id")
    return dict(names), {address.client_id: address for address in addresses}


def _labels() -> dict[str, str]:
    """Names of kinds and statuses, read while the reader's language is in use: the rows are made after that."""
    words = (*Kind.choices, *Status.choices, ("yes", _("Yes")), ("no", _("No")))
    return {value: str(label) for value, label in words}


def _row(
    row: dict, contact: str, address: Address | None, labels: dict[str, str], zone, fields: list[CustomField]
) -> list:
    return [
        row["name"], labels[row["kind"]], labels[row["status"]], row["reference"], contact,
        row["email"], row["phone"], *(
            [address.street, address.postal_code, address.city, address.country] if address else [""] * 4
        ),
        ", ".join(tag["name"] for tag in row["tags"]), ", ".join(member["name"] for member in row["team"]),
        timezone.localtime(row["created_at"], zone).date(),
        *(_own(field, row["custom"].get(str(field.pk)), labels) for field in fields),
    ]  # fmt: skip


def _own(field: CustomField, value, labels: dict[str, str]):
    """A value of an own field as a cell."""
    return labels[state_of(field, value)] if isinstance(value, bool) else shown(field, value)


def export_rows(
    actor, filters: queries.Filters, fields: list[CustomField], chosen: list[UUID] | None = None
) -> Iterator[list]:
    """Every client under the filters (or the `chosen`), by name, in the order of COLUMNS, then of the own `fields`."""
    return _rows(actor, filters, _labels(), timezone.get_current_timezone(), fields, chosen)


def _rows(
    actor, filters: queries.Filters, labels: dict[str, str], zone, fields: list[CustomField], chosen
) -> Iterator[list]:
    after = ""
    while True:
        with account_context(actor.account_id):
            found = queries.list_clients(actor, filters, after=after, limit=PAGE, chosen=chosen)
            names, addresses = _details([row["id"] for row in found.rows])
        for row in found.rows:
            yield _row(row, names.get(row["id"], ""), addresses.get(row["id"]), labels, zone, fields)
        if not found.after:
            return
        after = found.after


def _disposition(extension: str) -> str:
    return f'attachment; filename="clients-{timezone.localdate().isoformat()}.{extension}"'


def export_response(
    actor, filters: queries.Filters, extension: str, chosen: list[UUID] | None = None
) -> HttpResponse | StreamingHttpResponse:
    """The export as a download; raises Missing for an unknown format, Invalid for a bad filter, Forbidden."""
    access.require(actor, permissions.EXPORT)
    queries.narrow(actor, filters)
    fields = fields_in_use()
    columns = [*map(str, COLUMNS), *(field.label for field in fields)]
    rows = export_rows(actor, filters, fields, chosen)
    headers = {"Content-Disposition": _disposition(extension)}
    if extension == "csv":
        return StreamingHttpResponse(csv_chunks(columns, rows), content_type="text/csv; charset=utf-8", headers=headers)
    if extension != "xlsx":
        raise Missing("format")
    file = tempfile.TemporaryFile()
    write_xlsx(file, columns, rows, sheet=_("%(Clients)s")[:31])
    file.seek(0)
    return FileResponse(file, content_type=XLSX, headers=headers)

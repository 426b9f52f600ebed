"""REST: imports, by the same verbs as the pages."""

import tempfile
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.http import FileResponse
from ninja import Query, Router
from pydantic import Field

from frontdesk.core.errors import Invalid
from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.problems import problem
from frontdesk.core.rest.schemas import Input, Paging, Schema
from frontdesk.core.tables.reading import TableRefused
from frontdesk.core.tables.template import write_template
from frontdesk.core.text import gettext as _

from .. import permissions
from ..custom.values import fields_in_use
from . import actions, fields, queries, storage
from .access import get_import
from .models import ClientImport, State
from .options import Options
from .views import XLSX, rejected_file

router = Router(tags=["Imports"])
_UPLOAD = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary", "description": "xlsx, xls, ods or csv"},
                        "sheet": {
                            "type": "string",
                            "description": "a sheet of the workbook; else the first with content",
                        },
                    },
                }
            }
        },
    }
}


class ColumnOut(Schema):
    """A column of the file; `field` is what it is taken for, "" for nothing."""

    heading: str
    samples: list[str]
    field: str


class OptionsOut(Schema):
    """How known clients are found and what becomes of rows."""

    key: Literal["reference", "email", "phone", "name"]
    matched: Literal["skip", "update", "create"]
    unmatched: Literal["create", "skip"]
    status: Literal["active", "prospect", "inactive"]
    country: str


class CountsOut(Schema):
    """Rows by what became of them in the present pass, or will."""

    created: int
    updated: int
    skipped: int
    rejected: int


class ImportOut(Schema):
    """An import; `position` of `rows` are done in the present pass (`checking`, `running`).

    `change_id` is the change by which it can be undone (`/changes/{id}/undo`), null before it starts and after thirty
    days.
    """

    id: UUID
    state: State
    filename: str
    sheet: str
    sheets: list[str]
    rows: int
    position: int
    columns: list[ColumnOut]
    options: OptionsOut
    counts: CountsOut
    uploaded_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    uploaded_by: UUID | None
    change_id: UUID | None


class ImportPage(Schema):
    """Newest first; `next` is the `after` of the following page, null on the last."""

    data: list[ImportOut]
    next: str | None


class RowOut(Schema):
    """A row as it will be; `reasons` by field, "" for the whole row."""

    row: int
    outcome: Literal["created", "updated", "skipped", "rejected"]
    cells: dict[str, str]
    reasons: dict[str, list[str]]


class CheckedOut(ImportOut):
    """An import with the first rows as they will be; empty while the check is still running."""

    preview: list[RowOut]


class MappingIn(Input):
    """A field's key (or "") for each column, and the options to change."""

    mapping: list[str] | None = Field(None, max_length=200)
    sheet: str | None = Field(None, max_length=200)
    key: Literal["reference", "email", "phone", "name"] | None = None
    matched: Literal["skip", "update", "create"] | None = None
    unmatched: Literal["create", "skip"] | None = None
    status: Literal["active", "prospect", "inactive"] | None = None
    country: str | None = Field(None, max_length=2)


class PreviewQuery(Schema):
    """Which rows of a checked file to show."""

    show: Literal["all", "rejected", "skipped"] = "all"


def shape(source: ClientImport) -> dict:
    """An import as the API tells it."""
    columns = zip(source.columns, source.samples, source.mapping, strict=True)
    return {
        "id": source.pk, "state": source.state, "filename": source.filename, "sheet": source.sheet,
        "sheets": source.sheets, "rows": source.rows, "position": source.position,
        "columns": [{"heading": heading, "samples": samples, "field": key} for heading, samples, key in columns],
        "options": source.options,
        "counts": {name: getattr(source, name) for name in ("created", "updated", "skipped", "rejected")},
        "uploaded_at": source.uploaded_at, "started_at": source.started_at, "ended_at": source.ended_at,
        "uploaded_by": source.member_id,
        "change_id": source.change_id,
    }  # fmt: skip


def _with_preview(source: ClientImport, account, show: str) -> dict:
    checked = source.state == State.CHECKED
    rows = queries.preview(source, account, show).rows if checked else []
    shown = [{"row": r.number, "outcome": r.outcome, "cells": r.cells, "reasons": r.reasons} for r in rows]
    return {**shape(source), "preview": shown}


@operation(router, "GET", "/imports", right=permissions.IMPORT, answer=ImportPage, summary="List imports")
def list_imports(request, paging: Query[Paging]):
    """The account's imports, newest first."""
    page = queries.recent(request.actor, after=paging.after, limit=paging.limit)
    return answer({"data": [shape(row) for row in page.rows], "next": page.after})


@operation(
    router, "POST", "/imports", right=permissions.IMPORT, answer=ImportOut, status=201, summary="Upload a file",
    openapi_extra=_UPLOAD,
)  # fmt: skip
def upload(request):
    """Upload a file (multipart field `file`); answers its columns and what they are taken for. Nothing is imported."""
    try:
        storage.check_request_size(request)
    except TableRefused as refused:
        return problem(413, errors=[{"field": "file", "reason": refused.message}])
    file = request.FILES.get("file")
    if file is None:
        raise Invalid({"file": [_("This field is required.")]})
    try:
        source = actions.upload(request.actor, file, request.POST.get("sheet", "")[:200])
    except TableRefused as refused:
        raise Invalid({"file": [refused.message]}) from refused
    return answer(shape(source), 201)


@operation(
    router, "GET", "/imports/template.xlsx", right=permissions.IMPORT, summary="Download the template",
    openapi_extra={"responses": {200: {"description": "A workbook", "content": {XLSX: {}}}}},
)  # fmt: skip
def template(request):
    """A workbook to fill in, in the caller's language."""
    file = tempfile.TemporaryFile()
    write_template(file, fields.template_columns(fields_in_use()), sheet=_("%(Clients)s")[:31])
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="clients.xlsx", content_type=XLSX)


@operation(
    router, "GET", "/imports/{uuid:import_id}", right=permissions.IMPORT, obj="import", answer=CheckedOut,
    summary="Read an import",
)  # fmt: skip
def read_import(request, import_id: UUID, query: Query[PreviewQuery]):
    """How far an import is, with the first rows as they will be once it is checked."""
    source = get_import(request.actor, import_id)
    return answer(_with_preview(source, request.actor.account, query.show))


@operation(
    router, "PUT", "/imports/{uuid:import_id}/mapping", right=permissions.IMPORT, obj="import", answer=ImportOut,
    summary="Set columns and options",
)  # fmt: skip
def set_mapping(request, import_id: UUID, body: MappingIn):
    """Say what each column holds and what becomes of known clients; what is left out stays as it is."""
    source = get_import(request.actor, import_id)
    given = {name: value for name, value in body.dict().items() if value is not None}
    sheet, mapping = given.pop("sheet", None), given.pop("mapping", None)
    if sheet is not None:
        try:
            source = actions.choose_sheet(request.actor, source, sheet)
        except TableRefused as refused:
            raise Invalid({"sheet": [refused.message]}) from refused
    chosen = Options(**{**source.options, **given})
    return answer(shape(actions.set_columns(request.actor, source, mapping or source.mapping, chosen)))


@operation(
    router, "POST", "/imports/{uuid:import_id}/check", right=permissions.IMPORT, obj="import", answer=CheckedOut,
    summary="Check the rows",
)  # fmt: skip
def check(request, import_id: UUID):
    """Find out what would become of every row; of a long file in the background (`state` is `checking`)."""
    source = actions.start_check(request.actor, get_import(request.actor, import_id))
    return answer(_with_preview(source, request.actor.account, "all"))


@operation(
    router, "POST", "/imports/{uuid:import_id}/start", right=permissions.IMPORT, obj="import", answer=ImportOut,
    summary="Start an import",
)  # fmt: skip
def start(request, import_id: UUID):
    """Import the checked rows in the background, or go on with an import that an error stopped."""
    return answer(shape(actions.start(request.actor, get_import(request.actor, import_id))))


@operation(
    router, "POST", "/imports/{uuid:import_id}/cancel", right=permissions.IMPORT, obj="import", answer=ImportOut,
    summary="Cancel an import",
)  # fmt: skip
def cancel(request, import_id: UUID):
    """Stop an import; what was imported stays."""
    return answer(shape(actions.cancel(request.actor, get_import(request.actor, import_id))))


@operation(
    router, "GET", "/imports/{uuid:import_id}/rejected.csv", right=permissions.IMPORT, obj="import",
    summary="Download rejected rows",
    openapi_extra={"responses": {200: {"description": "The rows with their reasons", "content": {"text/csv": {}}}}},
)  # fmt: skip
def rejected(request, import_id: UUID):
    """The rejected rows as they stood in the file, each with the reason in a column at the end."""
    return rejected_file(get_import(request.actor, import_id), "csv")

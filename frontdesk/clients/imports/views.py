"""The pages of an import: file, columns, preview, progress, summary."""

import tempfile

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from frontdesk.core.errors import Conflict, Invalid, Missing
from frontdesk.core.forms import show_refusal
from frontdesk.core.http import page
from frontdesk.core.http.streaming import in_context
from frontdesk.core.tables.limits import MIB
from frontdesk.core.tables.reading import TableRefused
from frontdesk.core.tables.template import write_template
from frontdesk.core.tables.writing import csv_chunks, write_xlsx
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash
from frontdesk.undo.queries import shown

from .. import permissions
from ..custom.values import fields_in_use
from . import actions, fields, queries, storage
from .access import get_import
from .forms import EXTENSIONS, OptionsForm, UploadForm
from .models import ClientImport, State

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STEPS = {State.UPLOADED: 2, State.CHECKING: 3, State.CHECKED: 3, State.RUNNING: 4}


def steps() -> list[str]:
    """The names of the steps."""
    return [_("File"), _("Columns"), _("Preview"), _("Import")]


def to_import(source: ClientImport, place: str = "import_show") -> HttpResponse:
    """Redirect to one of an import's pages."""
    return redirect(reverse(f"clients:{place}", args=[source.pk]))


def _upload_page(request, form: UploadForm, sheets: list[str], status: int) -> HttpResponse:
    limits = storage.limits()
    choices = [(name, name) for name in sheets]
    context = {
        "here": "clients", "form": form, "sheets": choices, "accept": EXTENSIONS, "steps": steps(),
        "limits": {"megabytes": limits.file_bytes // MIB, "rows": limits.rows},
        "found": queries.recent(request.actor, after=request.GET.get("after", "")),
    }  # fmt: skip
    return render(request, "clients/imports/upload.html", context, status=status)


@csrf_protect
def _take_upload(request) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, form, [], 422)
    try:
        source = actions.upload(request.actor, form.cleaned_data["file"], form.cleaned_data["sheet"])
    except TableRefused as refused:
        form.add_error("file", refused.message)
        return _upload_page(request, form, refused.sheets, 422)
    return to_import(source, "import_columns")


# The token of a form lies in its body; that is read only once its size is known to be bearable.
@csrf_exempt
@page(permissions.IMPORT, methods=("GET", "POST"))
def upload(request):
    """Choose a file, and see the earlier imports."""
    if request.method != "POST":
        return _upload_page(request, UploadForm(), [], 200)
    try:
        storage.check_request_size(request)
    except TableRefused as refused:
        form = UploadForm({}, {})
        form.is_valid()
        form.errors["file"] = form.error_class([refused.message])
        return _upload_page(request, form, [], 413)
    return _take_upload(request)


@page(permissions.IMPORT)
def template(request):
    """A workbook to fill in, in the reader's language."""
    file = tempfile.TemporaryFile()
    write_template(file, fields.template_columns(fields_in_use()), sheet=_("%(Clients)s")[:31])
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="clients.xlsx", content_type=XLSX)


@page(permissions.IMPORT, obj="import")
def show(request, import_id):
    """Where the import stands: its preview, progress or summary; columns that are not chosen yet come first."""
    source = get_import(request.actor, import_id)
    if source.state == State.UPLOADED:
        return to_import(source, "import_columns")
    context = {"here": "clients", "source": source, "steps": steps(), "step": STEPS.get(source.state, 5)}
    if source.is_working:
        return render(request, "clients/imports/progress.html", context)
    if source.state == State.CHECKED:
        return _preview_page(request, source, context)
    context["left"] = max(source.rows - source.position, 0)
    context["undo"] = shown(request.actor, source.change) if source.change and source.done else None
    return render(request, "clients/imports/summary.html", context)


def _preview_page(request, source: ClientImport, context: dict) -> HttpResponse:
    shown = request.GET.get("show", queries.ALL)
    shown = shown if shown in queries.SHOWS else queries.ALL
    labels = {queries.ALL: _("First rows"), "rejected": _("Rejected"), "skipped": _("Skipped")}
    counts = {"rejected": source.rejected, "skipped": source.skipped, queries.ALL: None}
    context["segments"] = [
        {"key": key, "label": labels[key], "href": f"?show={key}", "count": counts[key]} for key in queries.SHOWS
    ]
    context |= {"show": shown, "preview": queries.preview(source, request.actor.account, shown)}
    context["titles"] = queries.field_titles(context["preview"].fields)
    return render(request, "clients/imports/preview.html", context)


@page(permissions.IMPORT, obj="import")
def progress(request, import_id):
    """The progress bar alone, asked for when it has moved; leads on when the run is over."""
    source = get_import(request.actor, import_id)
    if source.is_working:
        return render(request, "clients/imports/parts/bar.html", {"source": source})
    return HttpResponse(headers={"HX-Redirect": reverse("clients:import_show", args=[source.pk])})


def _typed_mapping(request, source: ClientImport) -> list[str]:
    return [request.POST.get(f"column-{index}", "") for index in range(len(source.columns))]


@page(permissions.IMPORT, obj="import", methods=("GET", "POST"))
def columns(request, import_id):
    """Say which column is which and what becomes of known clients; then the file is checked."""
    source = get_import(request.actor, import_id)
    if not source.is_open:
        return to_import(source)
    form, mapping, wrong = OptionsForm.of(source), source.mapping, {}
    if request.method == "POST":
        form, mapping = OptionsForm.of(source, request.POST), _typed_mapping(request, source)
        wrong = _check_columns(request, source, mapping, form)
        if wrong is None:
            return to_import(source)
    rows = [
        {"name": f"column-{index}", "column": column, "samples": source.samples[index], "value": mapping[index],
         "errors": wrong.get(f"mapping.{index}", [])}
        for index, column in enumerate(source.columns)
    ]  # fmt: skip
    context = {
        "here": "clients", "source": source, "steps": steps(), "form": form, "rows": rows,
        "choices": fields.choices(), "sheets": [(name, name) for name in source.sheets],
        "wrong": wrong.get("mapping", []),
    }  # fmt: skip
    return render(request, "clients/imports/columns.html", context, status=422 if request.method == "POST" else 200)


def _check_columns(request, source: ClientImport, mapping: list[str], form: OptionsForm) -> dict | None:
    """Start the check; None when it could be, else what is wrong with the columns by `mapping.<index>`."""
    if not form.is_valid():
        return {}
    try:
        changed = actions.set_columns(request.actor, source, mapping, form.typed())
        actions.start_check(request.actor, changed)
    except Conflict:
        return None
    except Invalid as refused:
        own = {path: said for path, said in refused.errors.items() if not path.startswith("mapping")}
        show_refusal(form, Invalid(own))
        return {path: said for path, said in refused.errors.items() if path.startswith("mapping")}
    return None


@page(permissions.IMPORT, obj="import", methods=("POST",))
def sheet(request, import_id):
    """Take another sheet of the workbook."""
    source = get_import(request.actor, import_id)
    try:
        actions.choose_sheet(request.actor, source, request.POST.get("sheet", ""))
    except TableRefused as refused:
        flash(request, refused.message, level="error")
    return to_import(source, "import_columns")


@page(permissions.IMPORT, obj="import", methods=("POST",))
def start(request, import_id):
    """Import what was previewed; a second click changes nothing."""
    source = get_import(request.actor, import_id)
    try:
        actions.start(request.actor, source)
    except Conflict as refused:
        source.refresh_from_db()
        if source.state in (State.UPLOADED, State.CHECKING):
            flash(request, refused.errors[""][0], level="warning")
    return to_import(source)


@page(permissions.IMPORT, obj="import", methods=("POST",))
def cancel(request, import_id):
    """Stop an import."""
    source = get_import(request.actor, import_id)
    try:
        source = actions.cancel(request.actor, source)
    except Conflict:
        return to_import(source)
    if not source.started_at:
        flash(request, _("The import was discarded. Nothing was changed."), level="info")
        return redirect("clients:import")
    return to_import(source)


@page(permissions.IMPORT, obj="import")
def rejected(request, import_id, format):
    """The rejected rows with their reasons, as csv or xlsx."""
    return rejected_file(get_import(request.actor, import_id), format)


def rejected_file(source: ClientImport, extension: str) -> HttpResponse | StreamingHttpResponse:
    """The rejected rows as a download; raises Missing for an unknown format or when the file was deleted."""
    if extension not in ("csv", "xlsx") or not source.file_kept:
        raise Missing("file")
    columns, rows = queries.rejected_columns(source), queries.rejected_rows(source)
    headers = {"Content-Disposition": f'attachment; filename="rejected.{extension}"'}
    if extension == "csv":
        chunks = in_context(csv_chunks(columns, rows))
        return StreamingHttpResponse(chunks, content_type="text/csv; charset=utf-8", headers=headers)
    file = tempfile.TemporaryFile()
    write_xlsx(file, columns, rows, sheet=_("Rejected")[:31])
    file.seek(0)
    return FileResponse(file, content_type=XLSX, headers=headers)


@page(permissions.IMPORT, obj="import")
def imported(request, import_id):
    """The clients that an import created or updated."""
    source = get_import(request.actor, import_id)
    found = queries.imported(source, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    context = {"here": "clients", "source": source, "found": found}
    return render(request, "clients/imports/imported.html", context)

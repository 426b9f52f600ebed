"""Pages of the log and of background jobs."""

import tempfile
from uuid import UUID

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode

from frontdesk.core.errors import Missing
from frontdesk.core.http import page
from frontdesk.core.http.streaming import in_context
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from . import access, actions, queries, sentences
from .export import log_csv, log_xlsx
from .failures import failure
from .forms import LogFilterForm
from .permissions import JOBS, LOG
from .settings_layout import pages_of

MOST_JOBS = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _address(request, **changed: str) -> str:
    """This page's address with other query parameters; a page link leaves the other direction's out."""
    kept = {key: value for key, value in request.GET.items() if key not in ("after", "before")} | changed
    return "?" + urlencode({key: value for key, value in kept.items() if value})


def _render(request, template: str, context: dict, status: int = 200) -> HttpResponse:
    context = {**context, "settings_pages": pages_of(request.actor), "here": "settings"}
    return render(request, f"activity/{template}", context, status=status)


def _pager(request, found) -> dict:
    return {
        "newer": _address(request, before=found.before) if found.before else "",
        "older": _address(request, after=found.after) if found.after else "",
    }


def _client_of(filters: queries.LogFilters) -> str:
    """The name of the client that the log is narrowed to; its domain is a higher one."""
    known = sentences.name_kinds.get("client")
    if filters.client is None or known is None:
        return ""
    return str(known.load([filters.client]).get(filters.client, sentences.FORMER))


@page(LOG)
def audit(request) -> HttpResponse:
    """The account's log, filtered, newest first."""
    form = LogFilterForm(request.GET)
    if not form.is_valid():
        return _render(request, "audit.html", {"form": form, "rows": []}, 422)
    cursors = {name: request.GET.get(name, "") for name in ("after", "before")}
    found = queries.log(form.filters(), **cursors)
    context = {
        "form": form, "rows": found.rows, **queries.chain_state(), "query": _address(request),
        "client_name": _client_of(form.filters()), "without_client": _address(request, client=""),
    }  # fmt: skip
    return _render(request, "audit.html", {**context, **_pager(request, found)})


@page(LOG)
def audit_export(request, format: str) -> HttpResponseBase:
    """The same log as a file; csv is sent while it is read."""
    form = LogFilterForm(request.GET)
    if format not in ("csv", "xlsx"):
        raise Missing("format")
    if not form.is_valid():
        return _render(request, "audit.html", {"form": form, "rows": []}, 422)
    headers = {"Content-Disposition": f'attachment; filename="audit-log-{timezone.localdate().isoformat()}.{format}"'}
    if format == "csv":
        rows = in_context(log_csv(form.filters()))
        return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8", headers=headers)
    file = tempfile.TemporaryFile()
    log_xlsx(file, form.filters())
    file.seek(0)
    return FileResponse(file, content_type=XLSX, headers=headers)


@page(LOG, methods=("POST",))
def audit_verify(request) -> HttpResponse:
    """Check the whole chain now."""
    found = actions.check_log(request.actor)
    if found.running_since:
        flash(request, _("The check goes on in the background."), level="info")
    elif found.fault:
        flash(request, _("The log was changed after it was sealed."), level="error")
    else:
        flash(request, _("The log is complete and unchanged."))
    return redirect("activity:audit")


@page(LOG)
def audit_progress(request) -> HttpResponse:
    """How the chain was found, or how far its check has come; renewed while it goes on."""
    return render(request, "activity/parts/seal.html", queries.chain_state())


@page(JOBS)
def jobs(request) -> HttpResponse:
    """The account's background jobs that were given up."""
    found = [failure(row) for row in access.dead_jobs_for(request.actor)[:MOST_JOBS]]
    return _render(request, "jobs.html", {"failures": found})


@page(JOBS, obj="dead_job", methods=("POST",))
def job_retry(request, job_id: UUID) -> HttpResponse:
    """Let a job run again."""
    actions.retry_job(request.actor, access.get_dead_job(request.actor, job_id))
    flash(request, _("The job runs again."))
    return redirect("activity:jobs")


@page(JOBS, obj="dead_job", methods=("POST",))
def job_discard(request, job_id: UUID) -> HttpResponse:
    """Give a job up."""
    actions.discard_job(request.actor, access.get_dead_job(request.actor, job_id))
    flash(request, _("The job was discarded."))
    return redirect("activity:jobs")

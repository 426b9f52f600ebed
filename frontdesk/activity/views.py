"""Pages of the log and of background jobs."""

from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode

from frontdesk.core.http import page
from frontdesk.core.http.streaming import in_context
from frontdesk.core.text import gettext as _
from frontdesk.ui.flash import flash

from . import access, actions, queries, seals
from .export import log_csv
from .failures import failure
from .forms import LogFilterForm
from .models import Verification
from .permissions import JOBS, LOG
from .settings_layout import pages_of

MOST_JOBS = 200


def _address(request, **changed: str) -> str:
    """This page's address with other query parameters; a page link leaves the other direction's out."""
    kept = {key: value for key, value in request.GET.items() if key not in ("after", "before") and value}
    return "?" + urlencode({**kept, **changed})


def _render(request, template: str, context: dict, status: int = 200) -> HttpResponse:
    context = {**context, "settings_pages": pages_of(request.actor), "here": "settings"}
    return render(request, f"activity/{template}", context, status=status)


def _pager(request, found) -> dict:
    return {
        "newer": _address(request, before=found.before) if found.before else "",
        "older": _address(request, after=found.after) if found.after else "",
    }


@page(LOG)
def audit(request) -> HttpResponse:
    """The account's log, filtered, newest first."""
    form = LogFilterForm(request.GET)
    if not form.is_valid():
        return _render(request, "audit.html", {"form": form, "rows": []}, 422)
    cursors = {name: request.GET.get(name, "") for name in ("after", "before")}
    found = queries.log(form.filters(), **cursors)
    seal, check = queries.seal_state(), Verification.objects.first()
    context = {"form": form, "rows": found.rows, "seal": seal, "check": check, "query": _address(request)}
    return _render(request, "audit.html", {**context, **_pager(request, found)})


@page(LOG)
def audit_export(request) -> HttpResponseBase:
    """The same log as a file, sent while it is read."""
    form = LogFilterForm(request.GET)
    if not form.is_valid():
        return _render(request, "audit.html", {"form": form, "rows": []}, 422)
    name = f"audit-log-{timezone.localdate().isoformat()}.csv"
    return StreamingHttpResponse(
        in_context(log_csv(form.filters())), content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


@page(LOG, methods=("POST",))
def audit_verify(request) -> HttpResponse:
    """Check the whole chain now."""
    seals.seal_account(request.actor.account_id)
    found = seals.verify()
    if found.fault:
        flash(request, _("The log was changed after it was sealed."), level="error")
    else:
        flash(request, _("The log is complete and unchanged."))
    return redirect("activity:audit")


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

"""Error answers: pages, and problems for the API. They are made without the database and say what to do next."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from frontdesk.core.errors import Conflict, Invalid
from frontdesk.core.rest.problems import problem

from . import trouble

API_PREFIX = "/api/"
RETRY_SECONDS = {trouble.AWAY: 30, trouble.FULL: 300}


def error_answer(request, status: int) -> HttpResponse:
    """The answer for a status, in the visitor's language."""
    headers = {"Retry-After": str(RETRY_SECONDS[status])} if status in RETRY_SECONDS else {}
    if request.path_info.startswith(API_PREFIX):
        return problem(status, headers=headers)
    context = {"status": status, "request_id": getattr(request, "request_id", "") if status >= trouble.BROKEN else ""}
    content = render_to_string("ui/error.html", context, request)
    return HttpResponse(content, status=status, headers=headers)


def bad_request(request, exception=None):
    """400; 413 for too many fields or too much data."""
    too_large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return error_answer(request, 413 if too_large else 400)


def invalid(request, error: Invalid) -> HttpResponse:
    """400 (409 for a Conflict) with the reasons, for input that no form shows, such as a damaged page link."""
    reasons = [str(said) for reasons in error.errors.values() for said in reasons]
    status = 409 if isinstance(error, Conflict) else 400
    return render(request, "ui/error.html", {"status": status, "reasons": reasons}, status=status)


def csrf_failure(request, reason=""):
    """403 for a form whose token is missing or old; `reason` stays in the logs."""
    return render(request, "ui/error.html", {"status": 403, "csrf": True}, status=403)


def forbidden(request, exception=None):
    """403."""
    return error_answer(request, 403)


def not_found(request, exception=None):
    """404, the same for what is absent and for what is hidden."""
    return error_answer(request, 404)


def server_error(request):
    """507 when the disk is full, 503 while the database is busy or away, else 500; never touches the database."""
    return error_answer(request, trouble.status_of(sys.exception()))

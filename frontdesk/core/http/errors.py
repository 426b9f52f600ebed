"""Error pages; they render without the database and say what to do next."""

from django.http import HttpResponse
from django.shortcuts import render

from frontdesk.core.errors import Conflict, Invalid


def _error(request, status: int) -> HttpResponse:
    return render(request, "ui/error.html", {"status": status}, status=status)


def bad_request(request, exception=None):
    """400."""
    return _error(request, 400)


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
    return _error(request, 403)


def not_found(request, exception=None):
    """404, the same for what is absent and for what is hidden."""
    return _error(request, 404)


def server_error(request):
    """500; must not touch the database, which may be the reason."""
    return _error(request, 500)

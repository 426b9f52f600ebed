"""Errors as problem+json (RFC 9457), each naming field and reason in the caller's language."""

from typing import Any, cast

import msgspec
import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from frontdesk.core.errors import Conflict, Invalid, Moved
from frontdesk.core.text import gettext as _


def title(status: int) -> str:
    """What a status means, in a few translated words."""
    return {
        400: _("The request could not be read"),
        401: _("Sign in with a valid token"),
        403: _("You are not allowed to do this"),
        404: _("Not found"),
        405: _("This method is not offered here"),
        409: _("This cannot be done now"),
        413: _("The request is too large"),
        415: _("This content type is not accepted"),
        422: _("Some values are not valid"),
        429: _("Too many requests"),
        500: _("Something went wrong on our side"),
        503: _("Back in a moment"),
        507: _("No room left to save"),
    }.get(status, _("The request failed"))


def problem(
    status: int, detail: str = "", errors: list[dict] | None = None, headers: dict[str, str] | None = None,
    moved_to: str = "",
) -> HttpResponse:  # fmt: skip
    """A problem answer; `errors` is a list of {"field", "reason"}, `moved_to` the id of what it became part of."""
    body: dict = {"type": "about:blank", "title": title(status), "status": status}
    if detail:
        body["detail"] = detail
    if errors:
        body["errors"] = errors
    if moved_to:
        body["moved_to"] = moved_to
    request_id = structlog.contextvars.get_contextvars().get("request_id")
    if request_id and status >= 500:
        body["request_id"] = request_id
    return HttpResponse(
        msgspec.json.encode(body), status=status, content_type="application/problem+json", headers=headers
    )


def _reason(error: dict) -> str:
    """A translated sentence for a validation error of the schema library."""
    kind, context = error.get("type", ""), error.get("ctx") or {}
    if kind == "missing":
        return _("This field is required.")
    if kind == "extra_forbidden":
        return _("There is no such field.")
    if kind in ("string_too_long", "too_long"):
        return _("At most %(most)s are allowed.", most=context.get("max_length"))
    if kind in ("string_too_short", "too_short"):
        return _("At least %(least)s are needed.", least=context.get("min_length"))
    if kind in ("literal_error", "enum"):
        return _("Must be one of: %(choices)s.", choices=str(context.get("expected", "")))
    if kind.startswith("uuid"):
        return _("Must be an identifier (UUID).")
    if kind.startswith(("int", "float", "less_than", "greater_than", "decimal")):
        return _("Must be a number in the allowed range.")
    if kind.startswith("bool"):
        return _("Must be true or false.")
    if kind.startswith("string"):
        return _("Must be text.")
    if kind.startswith(("date", "time")):
        return _("Must be a date or time in ISO 8601 form.")
    return _("This value is not valid.")


SOURCES = {"body", "query", "path", "header", "form", "file", "payload", "filters"}


def _field(location) -> str:
    parts = list(location)
    while len(parts) > 1 and parts[0] in SOURCES:
        parts.pop(0)
    return ".".join(map(str, parts))


def _invalid(request, error: Any) -> HttpResponse:
    errors = [{"field": _field(e.get("loc", ())), "reason": _reason(e)} for e in error.errors]
    return problem(422, errors=errors)


def from_invalid(error: Invalid) -> HttpResponse:
    """The answer to what an action refused."""
    errors = [{"field": field, "reason": str(said)} for field, reasons in error.errors.items() for said in reasons]
    return problem(409 if isinstance(error, Conflict) else 422, errors=errors)


SIGN_IN = {"WWW-Authenticate": 'Bearer realm="Frontdesk"'}


def _missing(request, error: Any) -> HttpResponse:
    return problem(404, moved_to=str(error.kept) if isinstance(error, Moved) else "")


def install(api: NinjaAPI) -> None:
    """Answer every error of an API with a problem."""
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(Invalid, lambda request, error: from_invalid(cast(Invalid, error)))
    api.add_exception_handler(Http404, _missing)
    api.add_exception_handler(PermissionDenied, lambda request, error: problem(403))
    api.add_exception_handler(AuthenticationError, lambda request, error: problem(401, headers=SIGN_IN))
    api.add_exception_handler(HttpError, lambda request, error: problem(error.status_code))

"""Answers that carry the content of a file: whole, in part, or its preview."""

import re
from dataclasses import dataclass

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header, http_date

from frontdesk.core.errors import Missing

from . import access, blobs
from .models import StoredFile
from .types import INLINE

# What is shown runs nothing, loads nothing and belongs to no page, whatever a browser takes it for.
SANDBOX = "sandbox; default-src 'none'; style-src 'none'; script-src 'none'; frame-ancestors 'self'"
SAFE = {
    "X-Content-Type-Options": "nosniff", "Content-Security-Policy": SANDBOX, "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Resource-Policy": "same-origin",
}  # fmt: skip
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@dataclass(frozen=True)
class Span:
    """Which bytes are asked for."""

    start: int
    length: int
    partial: bool


def span_of(header: str, size: int) -> Span | None:
    """The span that a Range header names, all of it where it names none or several; None for one beyond the end."""
    found = _RANGE.fullmatch(header.strip().replace(" ", ""))
    if not found or found[1] == found[2] == "":
        return Span(0, size, partial=False)
    if found[1] == "":
        length = min(int(found[2]), size)
        return Span(size - length, length, partial=True) if length else None
    start, end = int(found[1]), min(int(found[2] or size), size - 1)
    if found[2] and int(found[2]) < start:
        return Span(0, size, partial=False)
    return Span(start, end - start + 1, partial=True) if start < size else None


def _tag(file: StoredFile, variant: str = "") -> str:
    return f'"{file.sha256[:32]}{variant}"'


def _headers(response: HttpResponseBase, tag: str, cache: str) -> None:
    for name, value in {**SAFE, "ETag": tag, "Cache-Control": cache}.items():
        response.headers[name] = value


def _wanted_span(request, file: StoredFile, tag: str) -> Span | None:
    unchanged = request.headers.get("If-Range", tag) in (tag, http_date(file.created_at.timestamp()))
    return span_of(request.headers.get("Range", "") if unchanged else "", file.size)


def content(request, file: StoredFile, *, inline: bool = False) -> HttpResponseBase:
    """The file itself; raises Conflict before it is ready, Missing when its content is gone.

    Only what a browser merely draws or plays is shown in place, and only where that is asked for.
    """
    access.require_ready(file)
    tag = _tag(file)
    span = _wanted_span(request, file, tag)
    if span is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    try:
        part = blobs.opened(file.blob, span.start, span.length)
    except blobs.Gone:
        raise Missing("file") from None
    response = FileResponse(part, status=206 if span.partial else 200, content_type=file.content_type)
    response.headers["Content-Length"] = str(span.length)
    response.headers["Accept-Ranges"] = "bytes"
    if span.partial:
        response.headers["Content-Range"] = f"bytes {span.start}-{span.start + span.length - 1}/{file.size}"
    attached = not (inline and file.content_type in INLINE)
    response.headers["Content-Disposition"] = content_disposition_header(attached, file.name) or "attachment"
    _headers(response, tag, "private, no-store")
    return response


def preview(request, file: StoredFile, width: int) -> HttpResponseBase:
    """A preview that Frontdesk made; kept by the browser, but asked for anew each time."""
    access.require_ready(file)
    if not file.has_preview or width not in blobs.PREVIEWS:
        raise Missing("file")
    tag = _tag(file, f"-{width}")
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponseBase = HttpResponse(status=304)
    else:
        response = _preview(file, width)
    _headers(response, tag, "private, no-cache")
    return response


def _preview(file: StoredFile, width: int) -> FileResponse:
    key = blobs.preview_key(file.blob, width)
    try:
        length = blobs.size(key)
        part = blobs.opened(key, 0, length)
    except blobs.Gone:
        raise Missing("file") from None
    response = FileResponse(part, content_type="image/webp")
    response.headers["Content-Length"] = str(length)
    response.headers["Content-Disposition"] = "inline"
    return response

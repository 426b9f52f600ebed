"""Resumable uploads by the verbs of tus 1.0 (core, creation, termination, checksum, expiration), for pages and API.

A file is announced with its length and name, then sent in pieces, each with the offset at which it begins. What has
come is asked for with HEAD; a last piece that is sent again changes nothing.
"""

import base64
import binascii
import json

from django.http import HttpResponse
from django.utils.http import http_date

from frontdesk.core.errors import Invalid
from frontdesk.core.http import pieces
from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.problems import from_invalid, problem
from frontdesk.core.text import gettext as _

from . import actions
from .actions import uploading
from .limits import limits
from .models import StoredFile, Upload
from .queries import row_of

VERSION = "1.0.0"
PIECE = "application/offset+octet-stream"
UNKNOWN_VERSION, DAMAGED, LOCKED = 412, 460, 423
_STATUS = {uploading.WrongOffset: 409, uploading.Busy: LOCKED, uploading.WrongChecksum: DAMAGED}


def _headers(response: HttpResponse, upload: Upload | None = None) -> HttpResponse:
    """What every answer says, and where the upload stands."""
    response.headers["Tus-Resumable"] = VERSION
    response.headers["Cache-Control"] = "no-store"
    if upload is not None:
        response.headers["Upload-Offset"] = str(uploading.offset_of(upload))
        response.headers["Upload-Length"] = str(upload.size)
        response.headers["Upload-Expires"] = http_date(upload.expires_at.timestamp())
        if upload.file_id:
            response.headers["Upload-File"] = str(upload.file_id)
    return response


def _refusal(refused: Invalid) -> HttpResponse:
    response = from_invalid(refused)
    response.status_code = _STATUS.get(type(refused), response.status_code)
    return _headers(response)


def _number(request, name: str) -> int:
    value = request.headers.get(name, "")
    if not (value.isascii() and value.isdigit() and len(value) < 16):
        raise Invalid({name: [_("Must be a number in the allowed range.")]})
    return int(value)


def _name(request) -> str:
    """The file's name, which the metadata holds in base64."""
    pairs = [pair.split(" ", 1) for pair in request.headers.get("Upload-Metadata", "").split(",")]
    values = {pair[0].strip(): pair[1].strip() for pair in pairs if len(pair) == 2}
    try:
        return base64.b64decode(values["filename"], validate=True).decode()
    except (KeyError, binascii.Error, UnicodeDecodeError):
        raise Invalid({"Upload-Metadata": [_("The name of the file is missing.")]}) from None


def _wrong_version(request) -> HttpResponse | None:
    if request.headers.get("Tus-Resumable", VERSION) == VERSION:
        return None
    response = _headers(problem(UNKNOWN_VERSION))
    response.headers["Tus-Version"] = VERSION
    return response


def upload_out(upload: Upload, file: StoredFile | None = None) -> dict:
    """An upload as it is told; `file` is what it became."""
    shown = row_of(file) if file else None
    return {
        "id": upload.pk, "name": upload.name, "size": upload.size, "offset": uploading.offset_of(upload),
        "expires_at": upload.expires_at,
        "file": {slot: getattr(shown, slot) for slot in shown.__slots__} if shown else None,
    }  # fmt: skip


def create(request, address) -> HttpResponse:
    """Announce a file; `address(upload)` is where its pieces go."""
    wrong = _wrong_version(request)
    if wrong:
        return wrong
    try:
        made = actions.begin(request.actor, _name(request), _number(request, "Upload-Length"))
    except Invalid as refused:
        return _refusal(refused)
    response = _headers(answer(upload_out(made), 201), made)
    response.headers["Location"] = address(made)
    response.headers["Tus-Max-Size"] = str(limits().bytes)
    return response


def show(request, upload: Upload) -> HttpResponse:
    """Where an upload stands, and the file that it became."""
    file = StoredFile.objects.filter(pk=upload.file_id).first() if upload.file_id else None
    return _headers(answer(upload_out(upload, file)), upload)


def piece(request, upload: Upload) -> HttpResponse:
    """Take a piece."""
    wrong = _wrong_version(request)
    if wrong:
        return wrong
    if request.content_type != PIECE:
        return _headers(problem(415))
    try:
        return _headers(_taken(request, upload, _number(request, "Upload-Offset")), upload)
    except Invalid as refused:
        return _refusal(refused)


def _taken(request, upload: Upload, offset: int) -> HttpResponse:
    """Write the piece that came along, or say where one goes that the server still receives, or go on with that."""
    told, done = request.META, HttpResponse(status=204)
    checksum = request.headers.get("Upload-Checksum", "")
    if pieces.RECEIVED in told:
        actions.go_on(request.actor, upload, offset, told[pieces.LENGTH], told[pieces.RECEIVED])
    elif pieces.LENGTH in told:
        where = actions.expect(request.actor, upload, offset, told[pieces.LENGTH])
        if where is not None:
            done.headers[pieces.WHERE] = json.dumps({"path": str(where), "offset": offset, "size": upload.size})
    else:
        length = int(told.get("CONTENT_LENGTH") or 0)
        actions.write(request.actor, upload, offset, told["wsgi.input"], length, checksum)
    return done


def cancel(request, upload: Upload) -> HttpResponse:
    """Give an upload up."""
    actions.cancel(request.actor, upload)
    return _headers(HttpResponse(status=204))

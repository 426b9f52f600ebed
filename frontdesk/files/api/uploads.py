"""REST: resumable uploads, by the verbs of tus 1.0."""

from datetime import datetime
from uuid import UUID

from ninja import Router

from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Schema

from .. import access, permissions, protocol
from .schemas import FileOut

router = Router(tags=["Uploads"])
UPLOAD = "/uploads/{uuid:upload_id}"
_REFUSALS = {
    protocol.UNKNOWN_VERSION: "Another version of tus", 415: "Not application/offset+octet-stream",
    protocol.LOCKED: "Another piece is being written", protocol.DAMAGED: "The checksum differs",
}  # fmt: skip


def _header(name: str, kind: str, text: str, required: bool = True) -> dict:
    return {"name": name, "in": "header", "required": required, "description": text, "schema": {"type": kind}}


def _described(*headers: dict, body: bool = False) -> dict:
    made: dict = {
        "parameters": list(headers),
        "responses": {status: {"description": text} for status, text in _REFUSALS.items()},
    }
    if body:
        made["requestBody"] = {"content": {protocol.PIECE: {"schema": {"type": "string", "format": "binary"}}}}
    return made


class UploadOut(Schema):
    """A file on its way; `file` is what it became, null until the last piece has come."""

    id: UUID
    name: str
    size: int
    offset: int
    expires_at: datetime
    file: FileOut | None


@operation(
    router, "POST", "/uploads", right=permissions.ADD, answer=UploadOut, status=201, summary="Begin an upload",
    openapi_extra=_described(
        _header("Upload-Length", "string", "Bytes of the whole file"),
        _header("Upload-Metadata", "string", "`filename` and its value in base64"),
    ),
)  # fmt: skip
def create(request):
    """Announce a file (tus creation); `Location` is where its pieces go, within a day."""
    return protocol.create(request, lambda made: f"/api/v1/uploads/{made.pk}")


@operation(
    router, "GET", UPLOAD, right=permissions.ADD, obj="upload", answer=UploadOut, summary="Show an upload"
)  # fmt: skip
def show(request, upload_id: UUID):
    """How far an upload is, and the file that it became."""
    return protocol.show(request, access.get_upload(request.actor, upload_id))


@operation(
    router, "HEAD", UPLOAD, right=permissions.ADD, obj="upload", summary="Ask for the offset",
    include_in_schema=False,
)  # fmt: skip
def offset(request, upload_id: UUID):
    """`Upload-Offset` says how much has come."""
    return protocol.show(request, access.get_upload(request.actor, upload_id))


@operation(
    router, "PATCH", UPLOAD, right=permissions.ADD, obj="upload", status=204, summary="Send a piece",
    openapi_extra=_described(
        _header("Upload-Offset", "string", "Where the piece begins"),
        _header("Upload-Checksum", "string", "`sha256` and the digest in base64", required=False), body=True,
    ),
)  # fmt: skip
def piece(request, upload_id: UUID):
    """Put a piece behind what has come; after the last one `Upload-File` names the file, or 422 says why it is none."""
    return protocol.piece(request, access.get_upload(request.actor, upload_id))


@operation(router, "DELETE", UPLOAD, right=permissions.ADD, obj="upload", status=204, summary="Give up an upload")
def cancel(request, upload_id: UUID):
    """Forget what has come (tus termination)."""
    return protocol.cancel(request, access.get_upload(request.actor, upload_id))

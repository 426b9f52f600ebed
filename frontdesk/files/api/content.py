"""REST: giving, reading and deleting files."""

from uuid import UUID

from ninja import Router

from frontdesk.core.errors import Invalid
from frontdesk.core.rest.answers import answer, no_content
from frontdesk.core.rest.operation import operation
from frontdesk.core.text import gettext as _

from .. import access, actions, permissions, serving, zips
from . import schemas

router = Router(tags=["Files"])
FILE = "/files/{uuid:file_id}"
_BINARY = {"type": "string", "format": "binary"}
_UPLOAD = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {"type": "object", "required": ["file"], "properties": {"file": _BINARY}},
            }
        },
    }
}


def _binary(status: int = 200) -> dict:
    return {"responses": {status: {"description": "The content", "content": {"*/*": {"schema": _BINARY}}}}}


@operation(
    router, "POST", "/files", right=permissions.ADD, answer=schemas.FileOut, status=201, summary="Upload a file",
    openapi_extra=_UPLOAD,
)  # fmt: skip
def upload(request):
    """Take a file, which is its uploader's alone until it is attached; large ones are sent in pieces (`/uploads`)."""
    file = request.FILES.get("file")
    if file is None:
        raise Invalid({"file": [_("This field is required.")]})
    return answer(schemas.file_out(actions.receive(request.actor, file)), 201)


@operation(router, "GET", FILE, right=permissions.VIEW, obj="file", answer=schemas.FileOut, summary="Show a file")
def show(request, file_id: UUID):
    """What is known about a file."""
    return answer(schemas.file_out(access.get_file(request.actor, file_id)))


@operation(
    router, "GET", FILE + "/content", right=permissions.VIEW, obj="file", summary="Download a file",
    openapi_extra=_binary(),
)  # fmt: skip
def download(request, file_id: UUID):
    """The content; a `Range` is answered with 206. 409 before the file is ready."""
    return serving.content(request, access.get_file(request.actor, file_id))


@operation(
    router, "GET", FILE + "/preview/{int:width}", right=permissions.VIEW, obj="file", summary="Download a preview",
    openapi_extra=_binary(),
)  # fmt: skip
def preview(request, file_id: UUID, width: int):
    """A picture of at most 96, 320 or 1280 pixels, as WebP; 404 for other widths and files without one."""
    return serving.preview(request, access.get_file(request.actor, file_id), width)


@operation(
    router, "POST", "/files/zip", right=permissions.VIEW, summary="Download several files", openapi_extra=_binary()
)  # fmt: skip
def archive(request, body: schemas.FilesIn):
    """The files as one zip archive; 404 unless every one of them may be seen."""
    return zips.archive(access.get_files(request.actor, body.files))


@operation(router, "DELETE", FILE, right=permissions.REMOVE, obj="file", status=204, summary="Delete a file")
def remove(request, file_id: UUID):
    """Delete one's own upload for good, or a file at a place where one may: a client's can be undone (`/changes`)."""
    actions.remove(request.actor, access.get_file(request.actor, file_id))
    return no_content()

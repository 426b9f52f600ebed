"""REST: files of a client."""

from uuid import UUID

from ninja import Query, Router

from frontdesk.core.rest.answers import answer, no_content
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Paging
from frontdesk.files import queries
from frontdesk.files.api.schemas import FileRows, FilesIn, file_out

from .. import access, permissions
from . import actions
from .place import KEY

router = Router(tags=["Files"])
FILES = "/clients/{uuid:client_id}/files"


@operation(router, "GET", FILES, right=permissions.VIEW, obj="client", answer=FileRows, summary="List a client's files")
def list_files(request, client_id: UUID, query: Query[Paging]):
    """The files of a client, newest first."""
    client = access.get_client(request.actor, client_id)
    found = queries.page_at(KEY, client.pk, after=query.after, limit=query.limit)
    return answer({"data": [file_out(row) for row in found.rows], "next": found.after})


@operation(
    router, "POST", FILES, right=permissions.FILE_ADD, obj="client", answer=FileRows, status=201,
    summary="Add files to a client",
)  # fmt: skip
def add_files(request, client_id: UUID, body: FilesIn):
    """Attach one's own uploads to a client."""
    client = access.get_client(request.actor, client_id, permissions.FILE_ADD)
    added = actions.add_files(request.actor, client, body.files)
    return answer({"data": [file_out(row) for row in added], "next": None}, 201)


@operation(
    router, "DELETE", FILES + "/{uuid:file_id}", right=permissions.FILE_REMOVE, obj="client_file", status=204,
    summary="Delete a client's file",
)  # fmt: skip
def remove_file(request, client_id: UUID, file_id: UUID):
    """Delete a file of a client. It is in `/changes` and can be undone for thirty days."""
    client = access.get_client(request.actor, client_id, permissions.FILE_REMOVE)
    actions.remove_files(request.actor, client, actions.get_files(request.actor, client, [file_id]))
    return no_content()

"""REST: the files of a client, for the client itself."""

from uuid import UUID

from ninja import Query, Router

from frontdesk.clients.access import get_client
from frontdesk.clients.files.place import KEY
from frontdesk.clients.permissions import PORTAL_FILES
from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Paging
from frontdesk.files import queries
from frontdesk.files.api.schemas import FileRows, file_out

router = Router(tags=["Portal"])


@operation(
    router, "GET", "/portal/clients/{uuid:client_id}/files", right=PORTAL_FILES, obj="client", answer=FileRows,
    summary="List own files",
)  # fmt: skip
def list_own_files(request, client_id: UUID, query: Query[Paging]):
    """The files of the client, newest first; each is fetched under `/files/{id}`."""
    client = get_client(request.actor, client_id, PORTAL_FILES)
    found = queries.page_at(KEY, client.pk, after=query.after, limit=query.limit)
    return answer({"data": [file_out(row) for row in found.rows], "next": found.after})

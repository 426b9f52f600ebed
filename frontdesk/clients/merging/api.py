"""REST: merging."""

from typing import Literal
from uuid import UUID

from ninja import Router
from pydantic import Field

from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input
from frontdesk.undo.shapes import ChangeOut, change_out

from .. import access, permissions
from . import actions

router = Router(tags=["Clients"])


class MergeIn(Input):
    """The client that becomes part of the one in the address.

    `choices` says of `name`, `kind`, `status`, `reference`, `language` whose value stays: `kept`, or `gone` for that of
    the merged one. What the kept one lacks comes from the other.
    """

    client: UUID
    choices: dict[str, Literal["kept", "gone"]] = Field({}, max_length=10)


@operation(
    router, "POST", "/clients/{uuid:client_id}/merge", right=permissions.MERGE, obj="client", answer=ChangeOut,
    summary="Merge two clients",
)  # fmt: skip
def merge(request, client_id: UUID, body: MergeIn):
    """Everything of `client` moves; its address then answers 404 with `moved_to`. Can be undone."""
    kept = access.get_client(request.actor, client_id, permissions.MERGE)
    gone = access.get_client(request.actor, body.client, permissions.MERGE)
    return answer(change_out(request.actor, actions.merge(request.actor, kept, gone, dict(body.choices))))

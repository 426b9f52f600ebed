"""REST: who sees a client, and what a person sees."""

from uuid import UUID

from ninja import Query, Router

from frontdesk.accounts.access import get_member
from frontdesk.accounts.api.seen import Moment, ReasonOut, SightRows, reason, sights
from frontdesk.accounts.permissions import VIEW as VIEW_PEOPLE
from frontdesk.core.errors import Missing
from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Schema

from .. import access, seen
from ..permissions import VIEW

router = Router(tags=["Clients"])


class SeenClient(Schema):
    """A client that a person sees by a grant of their own; `hindrance` says why not in spite of it."""

    id: UUID
    name: str
    reasons: list[ReasonOut]
    hindrance: str


class SeenOut(Schema):
    """What a person sees: `everything` is the reason why they see all clients; of single grants the first 200."""

    everything: ReasonOut | None
    hindrance: str
    clients: list[SeenClient]


@operation(
    router, "GET", "/clients/{uuid:client_id}/seen-by", right=VIEW, obj="client", answer=SightRows,
    summary="Who sees a client",
)  # fmt: skip
def seen_by(request, client_id: UUID, query: Query[Moment]):
    """Everybody who can see a client, and by which grant, now or at another moment."""
    client = access.get_client(request.actor, client_id)
    return answer(sights(seen.who_sees_client(request.actor, client, query.at)))


@operation(
    router, "GET", "/members/{uuid:member_id}/sees", right=VIEW_PEOPLE, obj="member", answer=SeenOut,
    summary="What a person sees",
)  # fmt: skip
def sees(request, member_id: UUID, query: Query[Moment]):
    """What a person can see, and by which grant, now or at another moment; 404 before they were there."""
    view = seen.what_they_see(request.actor, get_member(request.actor, member_id), query.at)
    if view is None:
        raise Missing("member")
    clients = [
        {
            "id": one.client.pk, "name": one.client.name, "reasons": [reason(grant) for grant in one.reasons],
            "hindrance": one.hindrance,
        }
        for one in view.clients
    ]  # fmt: skip
    everything = reason(view.everything) if view.everything else None
    return answer({"everything": everything, "hindrance": view.hindrance, "clients": clients})

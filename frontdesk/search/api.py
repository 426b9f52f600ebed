"""REST: search."""

from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Schema

from . import permissions, queries

router = Router(tags=["Search"])


class SearchQuery(Schema):
    """What to look for; `kind` narrows to one kind of thing."""

    q: str = Field(max_length=100)
    kind: str = Field("", max_length=30)
    limit: int = Field(8, ge=1, le=50)


class HitOut(Schema):
    """One thing found."""

    kind: str
    id: UUID
    client_id: UUID | None
    title: str
    detail: str


class HitsOut(Schema):
    """The best matches first."""

    data: list[HitOut]


@operation(router, "GET", "/search", right=permissions.SEARCH, answer=HitsOut, summary="Search as one types")
def search(request, query: Query[SearchQuery]):
    """Any part of any word of a name, e-mail address or phone number, among what the token's member may see."""
    found = queries.search(request.actor, query.q, kinds=[query.kind] if query.kind else None, limit=query.limit)
    return answer(
        {
            "data": [
                {"kind": h.kind.key, "id": h.object_id, "client_id": h.client_id, "title": h.title, "detail": h.detail}
                for h in found
            ]
        }
    )

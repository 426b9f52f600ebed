"""REST: who sees a person; other domains answer with the same shapes."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import AwareDatetime, Field

from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Schema

from .. import access, seen
from ..permissions import VIEW
from .schemas import RoleName

router = Router(tags=["People"])


class Moment(Schema):
    """A moment to ask for, with its offset from UTC; now when it is left out."""

    at: Annotated[AwareDatetime | None, Field(description="For example 2026-01-31T18:00:00Z.")] = None


class ReasonOut(Schema):
    """A grant: by role, capability, assignment, access (to the portal), guest, or self; `words` say it."""

    by: Literal["role", "capability", "assignment", "access", "guest", "self"]
    words: str
    since: datetime | None
    granted_by: UUID | None
    until: datetime | None


class SightOut(Schema):
    """A person with grants; `hindrance` says why they do not see it in spite of them."""

    member_id: UUID
    name: str
    role: RoleName
    sees: bool
    reasons: list[ReasonOut]
    hindrance: str


class SightRows(Schema):
    """By name."""

    data: list[SightOut]


def reason(one: seen.Reason) -> dict:
    """A ReasonOut."""
    return vars(one)


def sights(found: list[seen.Sight]) -> dict:
    """SightRows."""
    return {
        "data": [
            {
                "member_id": one.member.pk, "name": one.member.name, "role": one.member.role, "sees": one.sees,
                "reasons": [reason(grant) for grant in one.reasons], "hindrance": one.hindrance,
            }
            for one in found
        ]
    }  # fmt: skip


@operation(
    router, "GET", "/members/{uuid:member_id}/seen-by", right=VIEW, obj="member", answer=SightRows,
    summary="Who sees a person",
)  # fmt: skip
def seen_by(request, member_id: UUID, query: Query[Moment]):
    """Everybody who can see a person's record, and by which grant, now or at another moment."""
    member = access.get_member(request.actor, member_id)
    return answer(sights(seen.who_sees_member(request.actor, member, query.at)))

"""REST: invitations."""

from uuid import UUID

from ninja import Query, Router

from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Paging

from .. import access, actions, queries
from ..permissions import PORTAL_MANAGE, VIEW
from . import schemas, shapes

router = Router(tags=["Invitations"])
ONE = "/invitations/{uuid:invitation_id}"


def _changed(request, invitation_id: UUID, verb) -> dict:
    verb(request.actor, access.get_invitation(request.actor, invitation_id))
    return shapes.invitation(access.get_invitation(request.actor, invitation_id))


@operation(router, "GET", "/invitations", right=VIEW, answer=schemas.InvitationRows, summary="List invitations")
def list_invitations(request, query: Query[Paging]):
    """Newest first; without their links, which are stored nowhere."""
    found = queries.invitations(request.actor, after=query.after, limit=query.limit)
    return answer({"data": [shapes.invitation(row) for row in found.rows], "next": found.after})


@operation(
    router, "POST", ONE + "/resend", right=PORTAL_MANAGE, obj="invitation", answer=schemas.InvitationOut,
    summary="Send an invitation once more",
)  # fmt: skip
def resend(request, invitation_id: UUID):
    """Only while it is pending; 409 for one that is used or expired."""
    return answer(_changed(request, invitation_id, actions.resend))


@operation(
    router, "POST", ONE + "/again", right=PORTAL_MANAGE, obj="invitation", answer=schemas.InvitationOut, status=201,
    summary="Replace an expired invitation",
)  # fmt: skip
def reinvite(request, invitation_id: UUID):
    """A new invitation to the same address; 409 while the old one is pending."""
    found = access.get_invitation(request.actor, invitation_id)
    return answer(shapes.invitation(actions.reinvite(request.actor, found)), 201)


@operation(
    router, "POST", ONE + "/withdraw", right=PORTAL_MANAGE, obj="invitation", answer=schemas.InvitationOut,
    summary="Withdraw an invitation",
)  # fmt: skip
def withdraw(request, invitation_id: UUID):
    """Its link stops working."""
    return answer(_changed(request, invitation_id, actions.withdraw))

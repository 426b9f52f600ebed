"""REST: being away."""

from uuid import UUID

from ninja import Router

from frontdesk.core.rest.answers import answer, no_content
from frontdesk.core.rest.operation import operation

from .. import access, actions
from ..actions.away import AwayInput
from ..permissions import AWAY, MANAGE
from . import schemas, shapes

router = Router(tags=["People"])
OWN = "/me/away"
ONE = "/members/{uuid:member_id}/away"


def _set(actor, member, body: schemas.AwayIn):
    return answer({"away": shapes.away(actions.set_away(actor, member, AwayInput(**body.dict())))})


@operation(router, "PUT", OWN, right=AWAY, answer=schemas.AwayState, summary="Set yourself away")
def set_own(request, body: schemas.AwayIn):
    """A new absence takes the place of the one before; `GET /me` shows it."""
    return _set(request.actor, request.actor, body)


@operation(router, "DELETE", OWN, right=AWAY, status=204, summary="Be back")
def end_own(request):
    """End your absence, or take back one that is to come."""
    actions.end_away(request.actor, request.actor)
    return no_content()


@operation(router, "PUT", ONE, right=MANAGE, obj="member", answer=schemas.AwayState, summary="Set a colleague away")
def set_one(request, member_id: UUID, body: schemas.AwayIn):
    """A new absence takes the place of the one before; `GET /members/{id}` shows it. 409 for people of the portal."""
    return _set(request.actor, access.get_member(request.actor, member_id), body)


@operation(router, "DELETE", ONE, right=MANAGE, obj="member", status=204, summary="Say that a colleague is back")
def end_one(request, member_id: UUID):
    """End a colleague's absence, or take back one that is to come."""
    actions.end_away(request.actor, access.get_member(request.actor, member_id))
    return no_content()

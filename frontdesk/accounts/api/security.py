"""REST: one's own second factors and open sessions. Adding and removing a factor takes its owner, in a browser."""

from uuid import UUID

from ninja import Router

from frontdesk.core.rest.answers import answer, no_content
from frontdesk.core.rest.operation import operation

from .. import access, actions, queries
from ..permissions import PORTAL_MANAGE, PROFILE_EDIT, PROFILE_VIEW
from . import schemas

router = Router(tags=["You"])


@operation(router, "GET", "/me/factors", right=PROFILE_VIEW, answer=schemas.FactorRows, summary="List your factors")
def list_factors(request):
    """Your second factors, oldest first."""
    return answer({"data": [vars(factor) for factor in queries.factors(request.actor)]})


@operation(router, "GET", "/me/sessions", right=PROFILE_VIEW, answer=schemas.SessionRows, summary="List your sessions")
def list_sessions(request):
    """The browsers in which you are signed in."""
    fields = ("id", "name", "ip", "created_at", "seen_at")
    return answer({"data": [{name: getattr(one, name) for name in fields} for one in queries.sessions(request.actor)]})


@operation(router, "DELETE", "/me/sessions", right=PROFILE_EDIT, status=204, summary="Sign out everywhere")
def end_sessions(request):
    """Sign out in every browser; tokens stay."""
    actions.end_other_sessions(request.actor)
    return no_content()


@operation(
    router, "DELETE", "/me/sessions/{uuid:session_id}", right=PROFILE_EDIT, obj="session", status=204,
    summary="Sign one browser out",
)  # fmt: skip
def end_session(request, session_id: UUID):
    """It stops working at once."""
    actions.end_session(request.actor, session_id)
    return no_content()


@operation(
    router, "DELETE", "/members/{uuid:member_id}/factors", right=PORTAL_MANAGE, obj="member", status=204,
    summary="Take a lost second factor away",
)  # fmt: skip
def take_factors(request, member_id: UUID):
    """For someone who lost it; their sessions end, their password stays."""
    actions.take_factors(request.actor, access.get_member(request.actor, member_id))
    return no_content()

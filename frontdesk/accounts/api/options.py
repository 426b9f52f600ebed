"""REST: what co-workers may do beyond their role."""

from uuid import UUID

from ninja import Router

from frontdesk.core.options import choices
from frontdesk.core.permissions import capabilities
from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.options import OptionRows, OptionsIn, option_rows

from .. import access, actions
from ..permissions import ACCOUNT_EDIT, MANAGE, VIEW

router = Router(tags=["People"])
ALL = "/account/team-options"
ONE = "/members/{uuid:member_id}/options"


def _of_all(actor) -> dict:
    layer = actor.account.team_options
    return option_rows(choices(capabilities, layer, layer))


def _of_one(actor, member) -> dict:
    return option_rows(choices(capabilities, actor.account.team_options, member.options))


@operation(router, "GET", ALL, right=VIEW, answer=OptionRows, summary="List what co-workers may do")
def show_all(request):
    """What all co-workers may do unless something else was chosen for one."""
    return answer(_of_all(request.actor))


@operation(router, "PATCH", ALL, right=ACCOUNT_EDIT, answer=OptionRows, summary="Choose what co-workers may do")
def choose_for_all(request, body: OptionsIn):
    """Change the given options for all co-workers."""
    actions.set_team_options(request.actor, body.options)
    return answer(_of_all(request.actor))


@operation(router, "GET", ONE, right=VIEW, obj="member", answer=OptionRows, summary="List what one person may do")
def show_one(request, member_id: UUID):
    """What one person may do beyond their role; it counts for co-workers only."""
    return answer(_of_one(request.actor, access.get_member(request.actor, member_id)))


@operation(
    router, "PATCH", ONE, right=MANAGE, obj="member", answer=OptionRows, summary="Choose what one co-worker may do"
)
def choose_for_one(request, member_id: UUID, body: OptionsIn):
    """Change the given options for one co-worker; 409 for people of other roles."""
    member = access.get_member(request.actor, member_id)
    return answer(_of_one(request.actor, actions.set_member_options(request.actor, member, body.options)))

"""REST: what clients may do in the portal."""

from uuid import UUID

from ninja import Router

from frontdesk.accounts.permissions import ACCOUNT_EDIT
from frontdesk.core.options import choices
from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.options import OptionRows, OptionsIn, option_rows

from .. import access, actions, permissions
from ..options import choices_for, portal_options

router = Router(tags=["Clients"])
ALL = "/account/portal-options"
ONE = "/clients/{uuid:client_id}/portal-options"


def _of_all(actor) -> dict:
    layer = actor.account.portal_options
    return option_rows(choices(portal_options, layer, layer))


@operation(router, "GET", ALL, right=permissions.VIEW, answer=OptionRows, summary="List what clients may do")
def show_all(request):
    """What all clients may do in the portal unless something else was chosen for one."""
    return answer(_of_all(request.actor))


@operation(router, "PATCH", ALL, right=ACCOUNT_EDIT, answer=OptionRows, summary="Choose what clients may do")
def choose_for_all(request, body: OptionsIn):
    """Change the given options for all clients."""
    actions.set_portal_options(request.actor, body.options)
    return answer(_of_all(request.actor))


@operation(
    router, "GET", ONE, right=permissions.VIEW, obj="client", answer=OptionRows, summary="List what one client may do"
)
def show_one(request, client_id: UUID):
    """What one client may do in the portal."""
    return answer(option_rows(choices_for(request.actor, access.get_client(request.actor, client_id))))


@operation(
    router, "PATCH", ONE, right=permissions.INVITE, obj="client", answer=OptionRows,
    summary="Choose what one client may do",
)  # fmt: skip
def choose_for_one(request, client_id: UUID, body: OptionsIn):
    """Change the given options for one client."""
    client = access.get_client(request.actor, client_id, permissions.INVITE)
    return answer(
        option_rows(choices_for(request.actor, actions.set_client_options(request.actor, client, body.options)))
    )

"""REST: the colour of a client in one's own calendar."""

from uuid import UUID

from ninja import Router

from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input, Schema

from .. import access, permissions
from . import actions

router = Router(tags=["Clients"])
COLOUR = "/clients/{uuid:client_id}/colour"


class ColourIn(Input):
    """One of eight colours, 1 to 8; null for none."""

    hue: int | None


class ColourOut(Schema):
    """The colour that the token's member chose; null when none."""

    hue: int | None


def _out(actor, client) -> dict:
    return {"hue": actions.colours_of(actor, [client.pk]).get(client.pk)}


@operation(
    router, "GET", COLOUR, right=permissions.VIEW, obj="client", answer=ColourOut, summary="Show your calendar colour"
)
def show_colour(request, client_id: UUID):
    """The colour of a client in your own calendar; nobody else's is changed or shown by it."""
    return answer(_out(request.actor, access.get_client(request.actor, client_id)))


@operation(
    router, "PUT", COLOUR, right=permissions.COLOUR, obj="client", answer=ColourOut, summary="Choose a calendar colour"
)
def choose_colour(request, client_id: UUID, body: ColourIn):
    """Choose the colour of a client in your own calendar."""
    client = access.get_client(request.actor, client_id)
    actions.choose_colour(request.actor, client, body.hue)
    return answer(_out(request.actor, client))

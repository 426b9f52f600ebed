"""REST: times of answer and solution, in minutes."""

from uuid import UUID

from ninja import Router
from pydantic import Field

from frontdesk.core.rest.answers import answer
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input, Schema

from .. import access, permissions
from . import actions
from .models import Priority

router = Router(tags=["Service levels"])
CLIENT = "/clients/{uuid:client_id}/sla"


class TimesIn(Input):
    """Minutes until the answer and the solution; null where nothing is agreed."""

    response: int | None = Field(None, ge=1, le=actions.LONGEST)
    resolution: int | None = Field(None, ge=1, le=actions.LONGEST)


class SlaIn(Input):
    """Times by priority; what is left out is not agreed."""

    urgent: TimesIn | None = None
    high: TimesIn | None = None
    normal: TimesIn | None = None
    low: TimesIn | None = None

    def typed(self) -> dict:
        """The value that the verb takes."""
        return {name: dict(times) for name in Priority.values if (times := getattr(self, name)) is not None}


class TimesOut(Schema):
    """Minutes until the answer and the solution, null where nothing is agreed."""

    response: int | None
    resolution: int | None


class SlaOut(Schema):
    """Times by priority."""

    urgent: TimesOut
    high: TimesOut
    normal: TimesOut
    low: TimesOut


class ClientSlaOut(Schema):
    """A client's own times, and those that count: the account's where it has none."""

    own: SlaOut
    effective: SlaOut


def _out(times: dict) -> dict:
    return {name: {kind: times.get(name, {}).get(kind) for kind in actions.KINDS} for name in Priority.values}


def _client_out(client) -> dict:
    own = actions.times_of(client)
    return {"own": _out(own), "effective": _out(actions.merged(own, actions.times_of(None)))}


@operation(router, "GET", "/sla", right=permissions.VIEW, answer=SlaOut, summary="Read the account's times")
def read_sla(request):
    """The times that count where a client has none of its own."""
    return answer(_out(actions.times_of(None)))


@operation(router, "PUT", "/sla", right=permissions.SLA, answer=SlaOut, summary="Set the account's times")
def set_sla(request, body: SlaIn):
    """Replace the account's times."""
    return answer(_out(actions.set_times(request.actor, None, body.typed())))


@operation(
    router, "GET", CLIENT, right=permissions.VIEW, obj="client", answer=ClientSlaOut, summary="Read a client's times"
)
def read_client_sla(request, client_id: UUID):
    """A client's own times and those that count."""
    return answer(_client_out(access.get_client(request.actor, client_id)))


@operation(
    router, "PUT", CLIENT, right=permissions.EDIT, obj="client", answer=ClientSlaOut, summary="Set a client's times"
)
def set_client_sla(request, client_id: UUID, body: SlaIn):
    """Replace a client's own times."""
    client = access.get_client(request.actor, client_id, permissions.EDIT)
    actions.set_times(request.actor, client, body.typed())
    return answer(_client_out(client))

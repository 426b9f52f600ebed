"""The portal as a channel: who reads there needs no other address, and nothing has to be sent."""

from uuid import UUID

from frontdesk.channels.registry import Channel, Reach, channels
from frontdesk.clients.models import ClientAccess
from frontdesk.core.tenancy.prepared import Prepared
from frontdesk.core.text import gettext_lazy as _lazy

from .reaching import PORTAL

PEOPLE = Prepared(
    lambda client_ids: (
        ClientAccess.objects.filter(client_id__in=client_ids, member__role="client")
        .order_by("member__sort_name")
        .values_list("client_id", "member__name")
    )
)


def _reaches(client_ids: list[UUID]) -> dict[UUID, list[Reach]]:
    """One way for each client whose people can sign in: all of them read it."""
    names: dict[UUID, list[str]] = {}
    for client_id, name in PEOPLE(client_ids):
        names.setdefault(client_id, []).append(name)
    return {pk: [Reach("", "", ", ".join(found), primary=True)] for pk, found in names.items()}


def _nothing_missing(settings) -> str:
    return ""


def register() -> None:
    """Called once at start-up."""
    channels.register(
        PORTAL,
        Channel(PORTAL, _lazy("Portal"), "world", _reaches, _nothing_missing, order=5, text=_lazy("In the portal")),
    )

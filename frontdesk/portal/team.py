"""Who serves a client, as the client may see them."""

from dataclasses import dataclass
from uuid import UUID

from frontdesk.clients import options, queries
from frontdesk.clients.models import Client


@dataclass(frozen=True)
class Colleague:
    """One who serves the client; without contact details where they are kept from the client."""

    id: UUID
    name: str
    email: str
    phone: str


def team_of(actor, client: Client) -> list[Colleague]:
    """Those who serve a client, by name."""
    shown = options.allowed(actor, client, options.TEAM_CONTACTS.key)
    return [
        Colleague(one.pk, one.name, one.email if shown else "", one.phone if shown else "")
        for one in queries.serving(client)
    ]

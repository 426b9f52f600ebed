"""Who serves a client, as the client may see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdesk.accounts.models import Member
from frontdesk.clients import options, queries
from frontdesk.clients.models import Client


@dataclass(frozen=True)
class Absence:
    """That somebody is away, who chose that clients are told."""

    away_from: datetime
    away_until: datetime | None
    message: str


@dataclass(frozen=True)
class Colleague:
    """One who serves the client; without contact details where they are kept from the client."""

    id: UUID
    name: str
    email: str
    phone: str
    away: Absence | None


def _absence(member: Member) -> Absence | None:
    if not (member.away_shown and member.away_from and member.is_away()):
        return None
    return Absence(member.away_from, member.away_until, member.away_message)


def team_of(actor, client: Client) -> list[Colleague]:
    """Those who serve a client, by name."""
    shown = options.allowed(actor, client, options.TEAM_CONTACTS.key)
    return [
        Colleague(one.pk, one.name, one.email if shown else "", one.phone if shown else "", _absence(one))
        for one in queries.serving(client)
    ]

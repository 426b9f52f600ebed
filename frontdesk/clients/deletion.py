"""What stands in the way of deleting a client; higher domains (sessions, payments) register their reasons."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from frontdesk.core.registry import Registry
from frontdesk.core.text import gettext as _

from .models import Client, ClientAccess


@dataclass(frozen=True)
class DeletionCheck:
    """`reasons(client)` gives translated sentences; none when this domain has nothing against it.

    `many(clients)` gives those of the clients that have some, in a fixed number of queries.
    """

    reasons: Callable[[Client], list[str]]
    order: int = 100
    many: Callable[[list[Client]], dict[UUID, list[str]]] | None = None


deletion_checks: Registry[DeletionCheck] = Registry("deletion check")


def reasons_against(client: Client) -> list[str]:
    """Every reason why the client cannot be deleted now; empty when it can."""
    return [reason for check in deletion_checks for reason in check.reasons(client)]


def reasons_against_many(clients: list[Client]) -> dict[UUID, list[str]]:
    """As `reasons_against`, of the clients that have some."""
    found: dict[UUID, list[str]] = {}
    for check in deletion_checks:
        said = check.many(clients) if check.many else {client.pk: check.reasons(client) for client in clients}
        for client_id, reasons in said.items():
            if reasons:
                found.setdefault(client_id, []).extend(reasons)
    return found


def _portal_access_many(clients: list[Client]) -> dict[UUID, list[str]]:
    rows = ClientAccess.objects.filter(client_id__in=[client.pk for client in clients])
    said = _("People can still sign in for %(the_client)s. Take away their portal access first.")
    return {client_id: [said] for client_id in rows.values_list("client_id", flat=True)}


def _portal_access(client: Client) -> list[str]:
    return _portal_access_many([client]).get(client.pk, [])


deletion_checks.register("portal", DeletionCheck(_portal_access, many=_portal_access_many))

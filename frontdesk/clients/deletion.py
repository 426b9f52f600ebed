"""What stands in the way of deleting a client; higher domains (sessions, payments) register their reasons."""

from collections.abc import Callable
from dataclasses import dataclass

from frontdesk.core.registry import Registry
from frontdesk.core.text import gettext as _

from .models import Client, ClientAccess


@dataclass(frozen=True)
class DeletionCheck:
    """`reasons(client)` gives translated sentences; none when this domain has nothing against it."""

    reasons: Callable[[Client], list[str]]
    order: int = 100


deletion_checks: Registry[DeletionCheck] = Registry("deletion check")


def reasons_against(client: Client) -> list[str]:
    """Every reason why the client cannot be deleted now; empty when it can."""
    return [reason for check in deletion_checks for reason in check.reasons(client)]


def _portal_access(client: Client) -> list[str]:
    if not ClientAccess.objects.filter(client_id=client.pk).exists():
        return []
    return [_("People can still sign in for %(the_client)s. Take away their portal access first.")]


deletion_checks.register("portal", DeletionCheck(_portal_access))

"""What surrounds every page of the portal: the navigation within one client, and the way to the others."""

from django.urls import reverse

from frontdesk.clients import options
from frontdesk.clients.access import clients_for
from frontdesk.clients.models import Client
from frontdesk.clients.permissions import PORTAL_FILES, PORTAL_SUBSCRIPTIONS
from frontdesk.core.registry import navigation
from frontdesk.ui.context import Entry, navigation_of

SECTIONS = {
    "portal-home": "portal:client",
    "portal-details": "portal:client_details",
    "portal-availability": "portal:client_availability",
    "portal-team": "portal:client_team",
    "portal-guests": "portal:client_guests",
    "portal-subscriptions": "portal:client_subscriptions",
    "portal-files": "portal:client_files",
}
# Sections to which other pages lead and not the navigation, with their rights.
BESIDE = {"portal-subscriptions": PORTAL_SUBSCRIPTIONS, "portal-files": PORTAL_FILES}
FIRST = "portal-home"
NAMED = ("id", "account_id", "name", "portal_options")
MOST_SIBLINGS = 5


def _open(actor, client: Client, section: str) -> bool:
    """Whether a section is open to the actor at this client."""
    right = BESIDE.get(section) or navigation[section].permission
    return right is None or not options.withheld(actor, client, right)


def address_of(actor, client: Client, section: str) -> str:
    """The address of a section of a client's pages; of its first page where the section is closed."""
    return reverse(SECTIONS[section if _open(actor, client, section) else FIRST], args=[client.pk])


def _navigation(actor, client: Client) -> tuple[Entry, ...]:
    """The main navigation with the addresses of this client's pages."""
    return tuple(
        item._replace(href=reverse(SECTIONS[item.key], args=[client.pk])) if item.key in SECTIONS else item
        for item in navigation_of(actor)
        if item.key not in SECTIONS or _open(actor, client, item.key)
    )


def _siblings(actor, client: Client, here: str) -> list[dict]:
    """Links to the same page of the actor's other clients; empty when there is none, or more than fit."""
    rows = list(clients_for(actor).order_by("sort_key", "id").only(*NAMED)[: MOST_SIBLINGS + 1])
    if not 1 < len(rows) <= MOST_SIBLINGS:
        return [{"key": client.pk, "label": client.name, "href": reverse("portal:home")}] if len(rows) > 1 else []
    return [{"key": row.pk, "label": row.name, "href": address_of(actor, row, here)} for row in rows]


def frame(actor, client: Client, here: str, **more) -> dict:
    """The context of a page about one client; `here` is the key of its navigation entry."""
    return {
        "client": client,
        "here": here,
        "own_navigation": _navigation(actor, client),
        "siblings": _siblings(actor, client, here),
        **more,
    }

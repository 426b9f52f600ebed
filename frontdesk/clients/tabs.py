"""The tabs of a client's page; higher domains add theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from frontdesk.core.registry import Registry, visible
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.ui.jinja import url

from .models import Client, Kind


@dataclass(frozen=True)
class ClientTab:
    """A section of the client's page; its route takes the client's id. `count(client)` may give a number to show,
    `applies(client)` say that this one has no such section, `opens(actor, client)` that somebody would not get in."""

    key: str
    label: Any
    url_name: str
    permission: str | None = None
    count: Callable[[Client], int] | None = None
    order: int = 100
    applies: Callable[[Client], bool] | None = None
    opens: Callable[[Any, Client], bool] | None = None


client_tabs: Registry[ClientTab] = Registry("client tab")
client_tabs.register("timeline", ClientTab("timeline", _lazy("Timeline"), "clients:show", order=10))
client_tabs.register("contacts", ClientTab("contacts", _lazy("Contacts"), "clients:contacts", order=20))
client_tabs.register("availability", ClientTab("availability", _lazy("Availability"), "clients:availability", order=30))
GUESTS = ClientTab("guests", _lazy("Guests"), "clients:guests", order=35, applies=lambda client: not _group(client))
MEMBERS = ClientTab("members", _lazy("Members"), "clients:guests", order=15, applies=lambda client: _group(client))
for known in (GUESTS, MEMBERS):
    client_tabs.register(known.key, known)
client_tabs.register("files", ClientTab("files", _lazy("Files"), "clients:files", order=25))
client_tabs.register("portal", ClientTab("portal", _lazy("Portal"), "clients:portal", order=40))

client_tabs.register(
    "subscriptions", ClientTab("subscriptions", _lazy("Subscriptions"), "clients:subscriptions", order=50)
)
client_tabs.register("sla", ClientTab("sla", _lazy("Response times"), "clients:client_sla", order=60))


def _group(client: Client) -> bool:
    return client.kind == Kind.GROUP


client_tabs.register(
    "private",
    ClientTab("private", _lazy("Private notes"), "clients:private", "clients.private:view", order=70),
)


def tabs_of(actor, client: Client) -> list[dict]:
    """The tabs that the actor may open, for `ui.tabs`."""
    return [
        {
            "key": tab.key,
            "label": tab.label,
            "href": url(tab.url_name, client.pk),
            "count": tab.count(client) if tab.count else None,
        }
        for tab in visible(client_tabs, actor)
        if (tab.applies is None or tab.applies(client)) and (tab.opens is None or tab.opens(actor, client))
    ]

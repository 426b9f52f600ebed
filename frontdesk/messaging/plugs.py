"""Where messages plug into lower domains."""

from frontdesk.clients.permissions import VIEW as CLIENTS
from frontdesk.clients.tabs import ClientTab, client_tabs
from frontdesk.core.registry import (
    HomeSection,
    NavItem,
    QuickAction,
    derived,
    home_sections,
    navigation,
    page_topics,
    quick_actions,
)
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.search.registry import SearchKind, search_kinds

from . import demo, erasing, live, merging, notices, options, permissions, places, queries, search, text_index, turning
from .kinds import thread_kinds
from .rooms.belonging import serves
from .rooms.kind import ROOMS

LABEL, NEWEST = _lazy("Messages"), 20
NAVIGATION = [
    NavItem("messages", LABEL, "messaging:list", "messages", "team", permissions.READ, 15, "messages"),
    NavItem("portal-messages", LABEL, "messaging:list", "messages", "portal", permissions.READ, 1, "messages"),
]
WRITE = QuickAction("message", _lazy("Send a message"), "messaging:begin", "message", permissions.ROOMS, 5)
FOUND = SearchKind("message", LABEL, "message", "messaging:go", permissions.READ, None, order=50, find=search.recent)
TAB = ClientTab("room", LABEL, "messaging:client_room", CLIENTS, order=12, opens=serves)


def _news(actor) -> dict | None:
    """The rooms with unread messages, for the home page; nothing when all is read."""
    rows = [row for row in queries.rooms(actor).rows[:NEWEST] if row.unread]
    return {"rows": rows[:6]} if rows else None


def register() -> None:
    """Called once at start-up."""
    turning.register()
    thread_kinds.register(ROOMS.key, ROOMS)
    options.register()
    live.register()
    places.plug_in()
    demo.register()
    merging.register()
    erasing.register()
    notices.register()
    derived.register("messages", text_index.rebuild)
    for item in NAVIGATION:
        navigation.register(item.key, item)
    page_topics.register("rooms", permissions.READ)
    quick_actions.register(WRITE.key, WRITE)
    home_sections.register("messages", HomeSection("messages", "messaging/parts/home.html", _news, order=10))
    search_kinds.register(FOUND.key, FOUND)
    client_tabs.register(TAB.key, TAB)

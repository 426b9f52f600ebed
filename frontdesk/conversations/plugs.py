"""Where conversations plug into lower domains."""

from frontdesk.channels.registry import receivers
from frontdesk.clients.permissions import VIEW as CLIENTS
from frontdesk.clients.tabs import ClientTab, client_tabs
from frontdesk.core.registry import HomeSection, NavItem, SettingsPage, home_sections, navigation, settings_pages
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.messaging.kinds import thread_kinds

from . import (
    absence_notices,
    away_reply,
    cause,
    demo,
    framing,
    live,
    merging,
    notices,
    permissions,
    portal_channel,
    queries,
)
from .actions import receive
from .kind import CONVERSATION, TEAM_NOTES
from .queries import Filters
from .saved import plugs as saved

INBOX = NavItem(
    "inbox", _lazy("Inbox"), "conversations:list", "inbox", "team", permissions.VIEW, 12, "inbox",
    _lazy("Waits for an answer: yours and nobody's"),
)  # fmt: skip
TAB = ClientTab("conversation", _lazy("Conversation"), "conversations:with", CLIENTS, order=11)
SETTINGS = SettingsPage(
    "inbox", _lazy("Inbox"), "conversations:rule", "inbox", permissions.CONFIGURE, 305, "clients",
    _lazy("To whom new work goes, automatic replies"),
)  # fmt: skip
SHOWN = 6


def _waiting(actor) -> dict | None:
    """The open conversations of one's own that wait for an answer, for the home page; nothing when there are none."""
    if not (actor.is_team and actor.may(permissions.VIEW)):
        return None
    rows = queries.inbox(actor, Filters(whose="mine", waiting=True), limit=SHOWN).rows
    return {"conversations": rows} if rows else None


def register() -> None:
    """Called once at start-up."""
    for kind in (CONVERSATION, TEAM_NOTES):
        thread_kinds.register(kind.key, kind)
    portal_channel.register()
    cause.register()
    demo.register()
    saved.register()
    receivers.register("conversations", receive)
    live.register()
    merging.register()
    notices.register()
    absence_notices.register()
    away_reply.register()
    framing.register()
    navigation.register(INBOX.key, INBOX)
    settings_pages.register(SETTINGS.key, SETTINGS)
    client_tabs.register(TAB.key, TAB)
    home_sections.register("inbox", HomeSection("inbox", "conversations/parts/home.html", _waiting, order=8))

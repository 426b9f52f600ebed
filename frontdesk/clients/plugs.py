"""Where clients plug into lower domains."""

from frontdesk.core.registry import HomeSection, NavItem, QuickAction, home_sections, navigation, quick_actions
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.search.registry import SearchKind, search_kinds

from . import access, demo, permissions, queries, summary


def _recent(actor) -> dict | None:
    """The clients changed last, for the home page."""
    if not actor.may(permissions.VIEW):
        return None
    found = queries.list_clients(actor, queries.Filters(), sort="changed", limit=6)
    return {"rows": found.rows, "counts": queries.status_counts(actor)}


def _latest(actor) -> dict | None:
    """What happened last, for the home page; nothing to show on a fresh account."""
    if not actor.may(permissions.VIEW):
        return None
    rows = queries.recent_activity(actor)
    return {"rows": rows} if rows else None


def register() -> None:
    """Called once at start-up."""
    navigation.register(
        "clients",
        NavItem("clients", _lazy("%(Clients)s"), "clients:list", "users", permission=permissions.VIEW, order=20),
    )
    quick_actions.register(
        "client",
        QuickAction("client", _lazy("Add %(a_client)s"), "clients:new", "user-plus", permissions.ADD, order=10),
    )
    quick_actions.register(
        "import",
        QuickAction(
            "import", _lazy("Import %(clients)s"), "clients:import", "file-import", permissions.IMPORT, order=90
        ),
    )
    home_sections.register("clients", HomeSection("clients", "clients/parts/home.html", _recent, order=20))
    home_sections.register("latest", HomeSection("latest", "clients/parts/latest.html", _latest, order=30))
    search_kinds.register(
        summary.KIND,
        SearchKind(
            summary.KIND,
            _lazy("%(Clients)s"),
            "users",
            "clients:show",
            permissions.VIEW,
            access.visible_client_ids,
            order=10,
        ),
    )
    demo.register()

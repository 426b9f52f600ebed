"""Where clients plug into lower domains."""

from frontdesk.accounts.permissions import ACCOUNT_EDIT
from frontdesk.accounts.registry import FirstStep, MemberPanel, first_steps, member_panels
from frontdesk.core.registry import (
    HomeSection,
    NavItem,
    QuickAction,
    SettingsPage,
    home_sections,
    navigation,
    quick_actions,
    settings_pages,
)
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.search.registry import SearchKind, search_kinds

from . import access, capabilities, demo, notices, options, permissions, queries, summary, undoing
from .files import place as files
from .subscriptions import merging as subscriptions


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


def _has_clients(actor) -> bool:
    return queries.status_counts(actor)["all"] > 0


def _serves(actor, member) -> bool:
    """Whether a member's page shows whom they serve."""
    return actor.is_office and member.is_team


def _shows_sight(actor, member) -> bool:
    """Whether a member's page says what they can see; for those who serve clients that is the panel before it."""
    return actor.is_office


FIRST_STEP = FirstStep(
    "clients",
    _lazy("Bring in your %(clients)s"),
    _lazy("From a spreadsheet, or one by one."),
    "clients:import",
    _lazy("Import a file"),
    _has_clients,
    permissions.IMPORT,
    order=10,
)
FIELDS = SettingsPage(
    "client-fields", _lazy("Fields of %(clients)s"), "clients:fields", "list-details", permissions.FIELDS, order=20,
    group="clients", text=_lazy("What else you note about each of them: text, numbers, dates, choices"),
)  # fmt: skip
SLA = SettingsPage(
    "sla", _lazy("Response times"), "clients:sla", "hourglass", permissions.SLA, order=25,
    group="clients", text=_lazy("How soon requests and %(jobs)s are answered and solved, by priority"),
)  # fmt: skip
PRIVATE = MemberPanel(
    "private", _lazy("Private notes"), "clients:private_panel",
    lambda actor, member: actor.may(permissions.PRIVATE_SEE), order=40,
)  # fmt: skip
SERVED = MemberPanel("clients", _lazy("%(Clients)s"), "clients:served", _serves, order=10)


SEES = MemberPanel("sees", _lazy("What they can see"), "clients:member_sees", _shows_sight, order=20)
PORTAL_PAGE = SettingsPage(
    "portal", _lazy("Portal"), "client_settings:portal", "login", ACCOUNT_EDIT, order=30,
    group="clients", text=_lazy("What %(clients)s may do there"),
)  # fmt: skip


def register() -> None:
    """Called once at start-up."""
    options.register()
    capabilities.register()
    settings_pages.register(PORTAL_PAGE.key, PORTAL_PAGE)
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
    quick_actions.register(
        "duplicates",
        QuickAction("duplicates", _lazy("Find duplicates"), "clients:likely", "copy", permissions.MERGE, 95),
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
    first_steps.register(FIRST_STEP.key, FIRST_STEP)
    settings_pages.register(FIELDS.key, FIELDS)
    settings_pages.register(SLA.key, SLA)
    for panel in (PRIVATE, SERVED, SEES):
        member_panels.register(panel.key, panel)
    undoing.register()
    subscriptions.register()
    files.register()
    notices.register()
    demo.register()

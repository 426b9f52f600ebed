"""Where notifications plug into lower domains."""

from frontdesk.accounts.registry import MemberPanel, member_panels
from frontdesk.core.registry import SettingsPage, settings_pages, unread_numbers
from frontdesk.core.text import gettext_lazy as _lazy

from . import kinds, own_kinds, permissions, queries, returning

DEFAULTS = SettingsPage(
    "notifications", _lazy("Notifications"), "notify:defaults", "bell", permissions.DEFAULTS, order=120,
    group="people", text=_lazy("What people are told, how and when, until they choose themselves"),
)  # fmt: skip
PANEL = MemberPanel(
    "notifications", _lazy("Notifications"), "notify:member_panel",
    lambda actor, member: actor.may(permissions.OTHERS) and member.user_id is not None, order=60,
)  # fmt: skip


def _numbers(actor) -> dict[str, int]:
    """What stands at the bell, and beside the entries of the navigation whose area counts by itself."""
    found = queries.numbers(actor)
    return {"bell": queries.bell(found), **{area.key: found.get(area.key, 0) for area in kinds.areas if area.count}}


def register() -> None:
    """Called once at start-up."""
    own_kinds.register()
    kinds.register(returning.BACK)
    settings_pages.register(DEFAULTS.key, DEFAULTS)
    member_panels.register(PANEL.key, PANEL)
    unread_numbers.register("notices", _numbers)

"""Where webhooks plug into lower parts."""

from frontdesk.core.registry import SettingsPage, settings_pages
from frontdesk.core.text import gettext_lazy as _lazy

from . import permissions


def register() -> None:
    """Called once at start-up."""
    page = SettingsPage(
        "webhooks", _lazy("Webhooks"), "webhooks:list", "plug", permissions.VIEW, 790, "data",
        _lazy("Other systems that are told what happens here"),
    )  # fmt: skip
    settings_pages.register(page.key, page)

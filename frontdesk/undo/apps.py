"""Start-up of undo."""

from django.apps import AppConfig

from frontdesk.core.registry import SettingsPage, settings_pages
from frontdesk.core.text import gettext_lazy as _lazy


class UndoConfig(AppConfig):
    """Offers the page of recent changes."""

    name = "frontdesk.undo"
    label = "undo"

    def ready(self):
        """Plug in."""
        from . import permissions

        page = SettingsPage(
            "changes", _lazy("Recent changes"), "undo:changes", "arrow-back-up", permissions.VIEW, 790, "data",
            _lazy("Imports, merges and changes of many at once, and taking them back"),
        )  # fmt: skip
        settings_pages.register(page.key, page)

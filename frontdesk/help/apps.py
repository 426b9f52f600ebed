"""Start-up of the help."""

from django.apps import AppConfig

from frontdesk.core.registry import SettingsPage, settings_pages
from frontdesk.core.text import gettext_lazy as _lazy


class HelpConfig(AppConfig):
    """Registers what this part offers to the others."""

    name = "frontdesk.help"
    label = "help"

    def ready(self):
        """Offer the page of answers in the settings."""
        from . import permissions

        page = SettingsPage(
            "help-answers", _lazy("Answers about the help"), "help:answers", "help-circle", permissions.ANSWERS, 820,
            "data", _lazy("Which topics help people, and which do not"),
        )  # fmt: skip
        settings_pages.register(page.key, page)

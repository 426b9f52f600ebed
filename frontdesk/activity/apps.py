"""Start-up of this part."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from frontdesk.core.registry import SettingsPage, settings_pages
from frontdesk.core.text import gettext_lazy as _lazy


class ActivityConfig(AppConfig):
    """Loads every domain's `sentences.py` and offers the pages of the log."""

    name = "frontdesk.activity"
    label = "activity"

    def ready(self):
        """Register all sentences, then this part's own pages."""
        import_module("frontdesk.activity.own_sentences")
        import_module("frontdesk.activity.queries")
        import_module("frontdesk.activity.permissions")
        autodiscover_modules("sentences", "handlers")
        audit = SettingsPage(
            "audit", _lazy("Audit log"), "activity:audit", "history", "activity.log:view", 800, "data",
            _lazy("Who did what and when, sealed against later changes"),
        )  # fmt: skip
        jobs = SettingsPage(
            "jobs", _lazy("Background jobs"), "activity:jobs", "progress", "activity.jobs:manage", 810, "data",
            _lazy("Mails, imports and other work that could not be finished"),
        )  # fmt: skip
        for page in (audit, jobs):
            settings_pages.register(page.key, page)

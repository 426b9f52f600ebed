"""Start-up of this part."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ActivityConfig(AppConfig):
    """Loads every domain's `sentences.py` and offers the pages of the log."""

    name = "frontdesk.activity"
    label = "activity"

    def ready(self):
        """Register all sentences, then this part's own pages."""
        autodiscover_modules("sentences")

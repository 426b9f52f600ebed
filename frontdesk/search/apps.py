"""Start-up of this part."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Registers what this part offers to the others."""

    name = "frontdesk.search"
    label = "search"

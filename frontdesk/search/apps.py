"""Start-up of this part."""

from django.apps import AppConfig

from frontdesk.core.registry import derived


class SearchConfig(AppConfig):
    """Registers what this part offers to the others."""

    name = "frontdesk.search"
    label = "search"

    def ready(self):
        """Have the text index made anew from restored entries."""
        from . import index

        derived.register("search", index.rebuild)

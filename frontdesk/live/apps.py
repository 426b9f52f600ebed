"""Start-up of live updates."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Registers live updates with the places that lower domains offer."""

    name = "frontdesk.live"
    label = "live"

    def ready(self):
        """Plug in."""
        from . import plugs

        plugs.register()

"""Start-up of notifications."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """Registers notifications with the places that lower domains offer."""

    name = "frontdesk.notify"
    label = "notify"

    def ready(self):
        """Plug in."""
        from . import plugs

        plugs.register()

"""Start-up of webhooks."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Registers webhooks with the settings."""

    name = "frontdesk.webhooks"
    label = "webhooks"

    def ready(self):
        """Plug in."""
        from . import plugs

        plugs.register()

"""Start-up of messages."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Registers messages with the places that lower domains offer."""

    name = "frontdesk.messaging"
    label = "messaging"

    def ready(self):
        """Plug in."""
        from . import plugs

        plugs.register()

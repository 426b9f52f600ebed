"""Start-up of channels."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """Registers channels with the places that lower domains offer."""

    name = "frontdesk.channels"
    label = "channels"

    def ready(self):
        """Plug in."""
        from . import plugs

        plugs.register()

"""Start-up of conversations."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """Registers conversations with the places that lower domains offer."""

    name = "frontdesk.conversations"
    label = "conversations"

    def ready(self):
        """Plug in."""
        from . import plugs

        plugs.register()

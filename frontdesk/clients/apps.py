"""Start-up of clients: what they add to navigation, search, shortcuts."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    """Registers clients with the places that lower domains offer."""

    name = "frontdesk.clients"
    label = "clients"

    def ready(self):
        """Plug in."""
        from . import plugs

        plugs.register()

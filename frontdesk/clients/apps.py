"""Start-up of this part."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    """Registers what this part offers to the others."""

    name = "frontdesk.clients"
    label = "clients"

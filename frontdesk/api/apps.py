"""Start-up of this part."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Registers what this part offers to the others."""

    name = "frontdesk.api"
    label = "api"

"""Start-up of this part."""

from django.apps import AppConfig


class RestConfig(AppConfig):
    """Registers what this part offers to the others."""

    name = "frontdesk.core.rest"
    label = "rest"

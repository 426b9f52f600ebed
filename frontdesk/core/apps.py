"""Start-up of this part."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers what this part offers to the others."""

    name = "frontdesk.core"
    label = "core"

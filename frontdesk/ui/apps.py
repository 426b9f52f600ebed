"""Start-up of this part."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Registers what this part offers to the others."""

    name = "frontdesk.ui"
    label = "ui"

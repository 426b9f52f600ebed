"""Start-up of this part."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    """Registers what this part offers to the others."""

    name = "frontdesk.activity"
    label = "activity"

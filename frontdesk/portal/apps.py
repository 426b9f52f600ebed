"""Start-up of this part."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Registers what this part offers to the others."""

    name = "frontdesk.portal"
    label = "portal"

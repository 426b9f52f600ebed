"""Start-up of this part."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    """Registers what this part offers to the others."""

    name = "frontdesk.core"
    label = "core"

    def ready(self):
        """Define every domain's rights, which tokens and policies name."""
        autodiscover_modules("permissions")

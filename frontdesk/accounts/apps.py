"""Start-up of this part."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers what this part offers to the others."""

    name = "frontdesk.accounts"
    label = "accounts"

    def ready(self):
        """Plug in navigation, settings, home and first steps."""
        from . import plugs

        plugs.register()

"""Start-up of inquiries."""

from django.apps import AppConfig


class InquiriesConfig(AppConfig):
    """Registers inquiries with the places that lower domains offer."""

    name = "frontdesk.inquiries"
    label = "inquiries"

    def ready(self):
        """Plug in."""
        from . import plugs

        plugs.register()

"""Start-up of teams."""

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    """Registers teams with the places that lower domains offer."""

    name = "frontdesk.teams"
    label = "teams"

    def ready(self):
        """Plug in."""
        from . import plugs

        plugs.register()

"""Start-up of files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Registers files with the places that lower domains offer."""

    name = "frontdesk.files"
    label = "files"

    def ready(self):
        """Plug in."""
        from . import plugs

        plugs.register()

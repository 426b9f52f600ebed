"""Django's own commands."""

import os

from django.core.management import execute_from_command_line


def run(options) -> None:
    """Pass the arguments on."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.config.settings")
    execute_from_command_line(["frontdesk manage", *options.arguments])

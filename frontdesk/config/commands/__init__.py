"""One module per console command; each has `run(options)`, which returns the exit status or None."""

import os


def set_up_django() -> None:
    """Load settings and apps; raises ImproperlyConfigured for a bad environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.config.settings")
    import django

    django.setup()

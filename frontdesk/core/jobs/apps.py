"""Start-up of the queue."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Loads every domain's `jobs.py`, so that each worker knows all jobs."""

    name = "frontdesk.core.jobs"
    label = "jobs"

    def ready(self):
        """Register all jobs."""
        autodiscover_modules("jobs")

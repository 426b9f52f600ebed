"""Start-up of backups."""

from django.apps import AppConfig


class BackupConfig(AppConfig):
    """Has no tables; brings the daily job."""

    name = "frontdesk.core.backup"
    label = "backup"

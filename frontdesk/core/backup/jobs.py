"""The daily backup."""

from frontdesk.core.jobs.models import QueuedJob, Status
from frontdesk.core.jobs.queue import enqueue
from frontdesk.core.jobs.registry import every, job

from . import rotation


@job("backup.make", attempts=3, label="Backup")
def make_backup_job() -> None:
    """Make today's backup, unless there is one."""
    rotation.make_daily()


@every("backup.daily", minutes=15)
def queue_daily_backup() -> None:
    """Queue today's backup when it is due; other periodic work does not wait for it."""
    queued = QueuedJob.objects.filter(name=make_backup_job.name, status__in=[Status.WAITING, Status.RUNNING])
    if rotation.is_due() and not queued.exists():
        enqueue(make_backup_job)

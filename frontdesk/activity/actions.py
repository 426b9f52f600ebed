"""What an admin can do about background jobs."""

from django.db import transaction

from frontdesk.core.jobs import queue
from frontdesk.core.jobs.models import QueuedJob

from .spine import record


def retry_job(actor, row: QueuedJob) -> None:
    """Let a dead job run again, with all its tries."""
    with transaction.atomic():
        queue.retry(row)
        record(actor, "activity.job.retried", subject_id=row.pk, data={"job": row.name})


def discard_job(actor, row: QueuedJob) -> None:
    """Give a dead job up for good."""
    with transaction.atomic():
        queue.discard(row)
        record(actor, "activity.job.discarded", subject_id=row.pk, data={"job": row.name})

"""What an admin can do about the log and the background jobs."""

from django.db import transaction
from django.utils import timezone

from frontdesk.core.errors import Forbidden
from frontdesk.core.jobs import queue
from frontdesk.core.jobs.models import QueuedJob

from . import permissions, seals
from .jobs import check_log as check_job
from .models import Seal, Verification
from .spine import record

# A check of more seals than this takes longer than somebody should wait for a page.
SEALS_AT_ONCE = 200


def check_log(actor) -> Verification:
    """Check the whole chain: at once, or, where it is long, in the background with its progress. Raises Forbidden."""
    if not actor.may(permissions.LOG):
        raise Forbidden(permissions.LOG)
    seals.seal_account(actor.account_id)
    last = Seal.objects.order_by("-number").values_list("number", flat=True).first() or 0
    if last <= SEALS_AT_ONCE:
        return seals.verify()
    with transaction.atomic():
        began = {"running_since": timezone.now(), "done": 0}
        found = Verification.objects.update_or_create(account_id=actor.account_id, defaults=began)[0]
        queue.enqueue(check_job)
    return found


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

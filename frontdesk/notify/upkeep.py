"""What nobody does but time: telling of jobs that were given up, and forgetting what is old."""

from datetime import timedelta

from django.utils import timezone

from frontdesk.activity.reactions import Happening
from frontdesk.core.jobs.models import QueuedJob, Status
from frontdesk.core.tenancy.context import account_context, across_accounts

from . import telling
from .models import Notice, Outgoing, Told
from .own_kinds import JOB

KEPT_READ = timedelta(days=90)
KEPT = timedelta(days=365)
LOOKED_BACK = timedelta(days=7)


def tell_dead_jobs() -> None:
    """Tell the admins of each account of its jobs that were given up, once each."""
    since = timezone.now() - LOOKED_BACK
    dead = QueuedJob.objects.filter(status=Status.DEAD, ended_at__gt=since, account_id__isnull=False).order_by("id")
    for row in list(dead.only("id", "account_id", "ended_at")):
        with account_context(row.account_id):
            happening = Happening(row.pk, None, "", row.pk, None, {})
            telling.tell_once(JOB, happening, row.ended_at or timezone.now())


def prune() -> None:
    """Delete what was read three months ago, what is a year old, and the marks of what was told then."""
    now = timezone.now()
    with across_accounts():
        Notice.objects.filter(read_at__lt=now - KEPT_READ).delete()
        Told.objects.filter(at__lt=now - KEPT).delete()
        Outgoing.objects.filter(due_at__lt=now - LOOKED_BACK).delete()

"""Seeing to it that a worker looks at what is to be sent, at the right moment and without a job for every message."""

from datetime import datetime

from django.db.models import Min
from django.utils import timezone

from frontdesk.core.jobs import registry
from frontdesk.core.jobs.models import QueuedJob, Status
from frontdesk.core.jobs.queue import enqueue
from frontdesk.core.tenancy.context import current_account_id

from .models import OPEN, ChannelSettings, Dispatch

SEND = "channels.send"


def wake(channel: str, at: datetime | None = None) -> None:
    """Have a channel's messages sent at a moment, now by default, within the caller's transaction.

    A job that waits already will do. It is held until the commit, so that it cannot run before the caller's rows are
    there; one that another transaction holds counts as none.
    """
    at = at or timezone.now()
    waiting = QueuedJob.objects.filter(account_id=current_account_id(), name=SEND, status=Status.WAITING)
    found = waiting.filter(run_at__lte=max(at, timezone.now()), arguments__channel=channel)
    if found.select_for_update(skip_locked=True).order_by("run_at").values_list("pk", flat=True).first() is None:
        enqueue(registry.named(SEND), run_at=at, channel=channel)


def wake_later(channel: str) -> None:
    """Have a channel's next message sent when it is due and the channel has rested."""
    coming = Dispatch.objects.filter(channel=channel, state__in=OPEN).aggregate(at=Min("next_at"))["at"]
    if coming is None:
        return
    rests = ChannelSettings.objects.filter(channel=channel).values_list("paused_until", flat=True).first()
    wake(channel, max(coming, rests) if rests else coming)


def turns(channel: str) -> int:
    """How many workers are sending for a channel now."""
    running = QueuedJob.objects.filter(account_id=current_account_id(), name=SEND, status=Status.RUNNING)
    return running.filter(arguments__channel=channel).count()

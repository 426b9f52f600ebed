"""Sending and receiving, in the background."""

from datetime import timedelta
from uuid import UUID

import structlog
from django.utils import timezone

from frontdesk.core.jobs.models import QueuedJob, Status
from frontdesk.core.jobs.registry import every, job
from frontdesk.core.tenancy.context import account_context, across_accounts
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.files import blobs

from . import arriving, sending, watching
from .actions.arrivals import RECEIVE
from .email import jobs as mail_jobs
from .erasing import FORGET
from .models import OPEN, Arrival, Dispatch
from .waking import SEND, wake

log = structlog.get_logger("channels")
KEPT_RAW = timedelta(days=90)
STUCK = timedelta(minutes=1)
BATCH = 500


@job(SEND, attempts=1000, outside=True, label=_lazy("Messages to %(clients)s"))
def send(channel: str) -> None:
    """Send what is due of a channel."""
    sending.run(channel)


@job(RECEIVE, attempts=1000, outside=True, joins="arrival_ids", label=_lazy("A message that arrived"))
def receive(arrival_ids: list[str]) -> None:
    """Read arrivals; how often each may be begun is its own affair."""
    arriving.take(*map(UUID, arrival_ids))


@job(FORGET, label=_lazy("Delete what arrived"))
def forget(blob: str) -> None:
    """Delete the raw form of an arrival that is gone."""
    if not Arrival.objects.filter(raw=blob).exists():
        blobs.remove(blob)


def _forgotten() -> set[tuple]:
    """(account, channel) of messages that are due for a while and that no job waits for."""
    late = timezone.now() - STUCK
    with across_accounts():
        due = Dispatch.objects.filter(state__in=OPEN, next_at__lt=late).order_by()
        found = set(due.values_list("account_id", "channel").distinct())
    jobs = QueuedJob.objects.filter(name=SEND, status__in=[Status.WAITING, Status.RUNNING])
    return found - {(row.account_id, row.arguments.get("channel")) for row in jobs} if found else set()


@every("channels.stuck", minutes=10)
def tend() -> None:
    """The net beneath: whatever ended a chain of jobs, messages that wait are sent."""
    for account_id, channel in _forgotten():
        log.warning("messages were forgotten", account=str(account_id), channel=channel)
        with account_context(account_id):
            wake(channel)


@every("channels.watch", minutes=5)
def watch() -> None:
    """Have admins told of channels that have failed for long."""
    watching.watch()


@every("channels.prune", hours=6)
def prune() -> None:
    """Delete what is kept of what arrived long ago, whether as bytes or as a payload."""
    with across_accounts():
        old = Arrival.objects.filter(received_at__lt=timezone.now() - KEPT_RAW).exclude(state=Arrival.State.NEW)
        rows = list(old.exclude(raw="", payload={}).order_by("pk").values_list("pk", "raw")[:BATCH])
        Arrival.objects.filter(pk__in=[pk for pk, _raw in rows]).update(raw="", payload={})
    for raw in filter(None, (raw for _pk, raw in rows)):
        blobs.remove(raw)


__all__ = ["mail_jobs"]

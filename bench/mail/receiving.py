"""How many e-mails a second one worker takes in, from what is written down to a message in its conversation."""

import time
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from frontdesk.channels.actions import arrived
from frontdesk.channels.models import Arrival, ChannelSettings
from frontdesk.clients.models import Client
from frontdesk.conversations.models import Envelope
from frontdesk.core.jobs.models import Schedule
from frontdesk.core.jobs.registry import all_jobs
from frontdesk.core.tenancy.context import account_context

from .. import servers
from ..report import Report
from ..visitors import Visitor
from .letters import RECEIVED_BY, Writer

COUNT, QUICK_COUNT, SENDERS = 1_500, 400, 300
# Until the worker has loaded everything and begun; what it took in by then does not count.
WARM_UP = 40
LEAST_A_SECOND = 20
PATIENCE_SECONDS = 600
LOOK_SECONDS = 0.05


def _senders() -> list[tuple[str, str]]:
    return list(Client.objects.exclude(email="").order_by("id").values_list("name", "email")[:SENDERS])


def _wait_until(count: int) -> float:
    """The moment when so many have been taken in; raises TimeoutError."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if Arrival.objects.exclude(state=Arrival.State.NEW).count() >= count:
            return time.monotonic()
        time.sleep(LOOK_SECONDS)
    raise TimeoutError("the worker did not take the e-mails in")


def _put_off_upkeep() -> None:
    """A worker's first minute brings the daily backup and the check of the audit log, which are measured elsewhere."""
    later = timezone.now() + timedelta(hours=1)
    for entry in all_jobs():
        if entry.period:
            Schedule.objects.update_or_create(name=entry.name, defaults={"next_at": later})


def run(report: Report, data: Path, admin: Visitor, *, quick: bool) -> None:
    """Seconds for as many as must be taken in within one, and those that did not become a message."""
    count = QUICK_COUNT if quick else COUNT
    with account_context(admin.member.account):
        ChannelSettings.objects.create(channel="email", config={"trusted": RECEIVED_BY})
        before = Envelope.objects.filter(outgoing=False).count()
        for number, raw in enumerate(Writer(_senders()).mails(count)):
            arrived(admin.member.account, "email", f"bench:{number}", raw=raw)
        _put_off_upkeep()
        with servers.worker(data):
            began = _wait_until(WARM_UP)
            taken = _wait_until(count) - began
        lost = count - (Envelope.objects.filter(outgoing=False).count() - before)
    report.note([f"receiving: {(count - WARM_UP) / taken:.1f} e-mails a second"])
    report.add("receiving.time", taken / (count - WARM_UP) * LEAST_A_SECOND, f"s for {LEAST_A_SECOND}", 1, 1)
    report.add("receiving.lost", lost, "messages", 1, 0)

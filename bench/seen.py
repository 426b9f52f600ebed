"""What explaining who sees one client costs, now and for a day gone by."""

import time
from datetime import timedelta
from statistics import median

from django.db.models import Count
from django.utils import timezone

from frontdesk.clients import seen
from frontdesk.clients.models import Client
from frontdesk.core.tenancy.context import account_context

from .report import Report

MOST_MILLISECONDS = 20
ROUNDS, WARM_UP = 40, 5


def _milliseconds(actor, client: Client, at) -> float:
    began = time.process_time()
    seen.who_sees_client(actor, client, at)
    return (time.process_time() - began) * 1000


def run(report: Report, actor) -> None:
    """CPU time of this process for one record with many grants."""
    with account_context(actor.account):
        client = Client.objects.annotate(n=Count("assignments")).order_by("-n", "id").first()
        for name, at in (("now", None), ("past", timezone.now() - timedelta(minutes=1))):
            taken = [_milliseconds(actor, client, at) for _round in range(ROUNDS + WARM_UP)][WARM_UP:]
            report.add(f"seen.{name}", median(taken), "ms CPU", 1, MOST_MILLISECONDS)

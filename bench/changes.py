"""Changing many clients in the background, and merging two, against writing the same rows."""

import os
import resource
import time
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from frontdesk.clients.bulk import actions as bulk_actions
from frontdesk.clients.bulk.selection import Selection
from frontdesk.clients.merging.actions import merge
from frontdesk.clients.models import Client, Note
from frontdesk.core.ids import uuid7s
from frontdesk.core.jobs import worker
from frontdesk.core.tenancy.bulk import bulk_insert
from frontdesk.core.tenancy.context import account_context
from frontdesk.undo.models import Change, State

from .client import Failed
from .cpu import Backends, Meter
from .floor import changing
from .floor import database as bare
from .report import Report

MOST = 6
CLIENTS, NOTES = 10_000, 10_000


class Chosen(Selection):
    """These clients, however many."""

    def __init__(self, clients: list[UUID]):
        super().__init__(clients, all=True)

    def ids(self, actor) -> list[UUID]:
        """As they were given."""
        return self.clients


def _seconds(work, *given) -> float:
    """CPU seconds of this process and of the database's."""
    meter, before = Meter(os.getpid(), Backends()), resource.getrusage(resource.RUSAGE_CHILDREN)
    meter.start()
    work(*given)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return meter.seconds() + after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _clients(member, most: int) -> list[UUID]:
    """Ids of clients without portal access, from all over the account."""
    with account_context(member.account):
        return list(Client.objects.filter(has_portal=False).order_by("id").values_list("id", flat=True)[:most])


def _pairs(member, number: int) -> list[tuple[UUID, UUID]]:
    found = _clients(member, 2 * number)
    return list(zip(found[::2], found[1::2], strict=True))


def _bulk(member, clients: list[UUID]) -> None:
    """As the page does it: begun there, done by the worker, with what an undo needs."""
    with account_context(member.account):
        change = bulk_actions.start(member, "language", Chosen(clients), {"language": "fr"})
    worker.run_due()
    with account_context(member.account):
        change = Change.objects.get(pk=change.pk)
    if (change.state, change.records) != (State.DONE, len(clients)):
        raise Failed(f"the change ended {change.state} with {change.records} of {len(clients)} clients")


def _merge(member, kept: UUID, gone: UUID) -> None:
    with account_context(member.account):
        merge(member, *(Client.objects.get(pk=one) for one in (kept, gone)))


def _annotate(member, client: UUID) -> None:
    """Give a client so many notes that their number decides."""
    at = timezone.now()
    rows = [(row_id, client, member.pk, "Asked for a quote.", at, None) for row_id in uuid7s(NOTES)]
    with account_context(member.account), transaction.atomic():
        bulk_insert(Note, ("id", "client_id", "author_id", "body", "created_at", "edited_at"), rows)


def bulk(report: Report, member) -> None:
    """Another language for 10,000 clients; the floor takes as many others."""
    found = _clients(member, 2 * CLIENTS)
    own, others = found[::2], found[1::2]
    database = bare.connect()
    owner = [database.identifier(str(key)) for key in (member.account_id, member.pk)]
    theirs = [database.identifier(str(one)) for one in others]
    floor = _seconds(changing.bulk, database, *owner, theirs, "fr")
    began = time.perf_counter()
    value = _seconds(_bulk, member, own)
    report.note([f"{len(own)} clients changed in {time.perf_counter() - began:.1f} s"])
    report.add(f"bulk-{len(own)}", value, "s CPU", floor, MOST)


def merging(report: Report, member) -> None:
    """A client with thousands of notes goes into another; the floor takes another pair."""
    warm, own, other = _pairs(member, 3)
    database = bare.connect()
    owner = [database.identifier(str(key)) for key in (member.account_id, member.pk)]
    _merge(member, *warm)
    for _kept, gone in (own, other):
        _annotate(member, gone)
    floor = _seconds(changing.merge, database, *owner, *(database.identifier(str(one)) for one in other))
    value = _seconds(_merge, member, *own)
    report.add(f"merge-{NOTES}", value, "s CPU", floor, MOST)

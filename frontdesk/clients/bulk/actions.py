"""Doing one thing with many clients."""

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction

from frontdesk.core.ids import uuid7s
from frontdesk.core.jobs.queue import enqueue
from frontdesk.core.tenancy.bulk import bulk_insert
from frontdesk.undo.ledger import begin
from frontdesk.undo.models import Change, State

from .. import access
from . import running
from .jobs import work
from .models import BulkPart
from .selection import Selection
from .verbs import VERBS


def _parts(ids: list[UUID]) -> Iterator[list[str]]:
    for start in range(0, len(ids), running.CHUNK):
        yield [str(client_id) for client_id in ids[start : start + running.CHUNK]]


def start(actor, verb: str, selection: Selection, values: dict) -> Change:
    """Do a verb (of VERBS) with the selected clients: few at once, many in the background.

    Raises Invalid for bad values or an empty selection, Forbidden. What cannot be done with one client is listed
    with its reasons, and done with the others.
    """
    access.require(actor, VERBS[verb].right)
    ids = selection.ids(actor)
    with transaction.atomic():
        data = VERBS[verb].check(actor, values)
        many = len(ids) > running.AT_ONCE
        change = begin(
            actor, f"clients.{verb}", data=data, total=len(ids), state=State.WORKING if many else State.DONE
        )  # fmt: skip
        if many:
            parts = list(_parts(ids))
            rows = zip(uuid7s(len(parts)), [change.pk] * len(parts), parts, strict=True)
            bulk_insert(BulkPart, ("id", "change_id", "clients"), rows)
            enqueue(work, change_id=str(change.pk))
        else:
            running.apply(actor, change, ids)
    return change

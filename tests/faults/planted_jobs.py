"""Jobs that only these tests queue; loaded into the forked workers."""

import os
import signal
import time
from uuid import UUID

from django.db import transaction

from frontdesk.accounts.models import Account, System
from frontdesk.activity.models import Activity
from frontdesk.activity.spine import record
from frontdesk.clients.models import Note
from frontdesk.core.jobs.registry import job
from frontdesk.core.tenancy.context import current_account_id


@job("faults.write", attempts=100)
def write_note(client_id: str, body: str) -> None:
    """A quick job whose effect is one row, written once however often it runs."""
    time.sleep(0.02)
    with transaction.atomic():
        if not Note.objects.filter(client_id=client_id, body=body).exists():
            note = Note(client_id=client_id, body=body)
            note.save(force_insert=True)
    time.sleep(0.02)


@job("faults.poison", attempts=3)
def kill_the_worker() -> None:
    """A job that takes its worker down each time."""
    os.kill(os.getpid(), signal.SIGKILL)


@job("faults.happen", attempts=100)
def happen(subject_id: str) -> None:
    """Something of which the admins are told, recorded once however often it runs."""
    account = Account.objects.get(pk=current_account_id())
    with transaction.atomic():
        if not Activity.objects.filter(subject_id=subject_id, verb="webhooks.endpoint.stopped").exists():
            record(System(account), "webhooks.endpoint.stopped", subject_id=UUID(subject_id), data={"state": "gone"})

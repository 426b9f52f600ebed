"""Jobs that only these tests queue; loaded into the forked workers."""

import os
import signal
import time

from django.db import transaction

from frontdesk.clients.models import Note
from frontdesk.core.jobs.registry import job


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

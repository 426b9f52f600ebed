"""Writing the spine: called once by every action, inside its transaction."""

import structlog
from django.db import transaction
from django.utils import timezone

from .models import Activity


def request_id() -> str:
    """The id of the request or job that causes what happens now; empty outside of one."""
    return structlog.contextvars.get_contextvars().get("request_id", "")


def build(actor, verb: str, *, subject_id=None, client_id=None, data: dict | None = None) -> Activity:
    """An activity that is not saved yet, for actions that write thousands at once."""
    return Activity(
        account_id=actor.account_id,
        at=timezone.now(),
        actor_id=actor.id,
        verb=verb,
        subject_id=subject_id,
        client_id=client_id,
        data=data or {},
        request_id=request_id(),
    )


def record(actor, verb: str, *, subject_id=None, client_id=None, data: dict | None = None) -> Activity:
    """Write one activity; raises RuntimeError outside a transaction, since it must stand or fall with its cause."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{verb}: an activity is recorded in the transaction of its cause")
    activity = build(actor, verb, subject_id=subject_id, client_id=client_id, data=data)
    activity.save(force_insert=True)
    return activity

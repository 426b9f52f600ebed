"""Writing the spine: called once by every action, inside its transaction."""

from collections.abc import Iterable

import structlog
from django.db import transaction
from django.utils import timezone

from frontdesk.core.errors import Forbidden
from frontdesk.core.ids import uuid7s
from frontdesk.core.tenancy.bulk import bulk_insert

from . import reactions
from .models import Activity


def _require_own_eyes(actor) -> None:
    """Raise Forbidden when somebody only looks through the actor's eyes: whatever they do ends here, undone."""
    if getattr(actor, "viewer", None) is not None:
        raise Forbidden("preview")


def request_id() -> str:
    """The id of the request or job that causes what happens now; empty outside of one."""
    return structlog.contextvars.get_contextvars().get("request_id", "")


def build(actor, verb: str, *, subject_id=None, client_id=None, data: dict | None = None) -> Activity:
    """An activity that is not saved yet, for actions that write thousands at once."""
    _require_own_eyes(actor)
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


def _require_transaction(verb: str) -> None:
    """The transaction that a test puts around itself is nobody's: with it, no test would notice a missing one."""
    blocks = transaction.get_connection().atomic_blocks
    if not blocks or blocks[-1]._from_testcase:
        raise RuntimeError(f"{verb}: an activity is recorded in the transaction of its cause")


def record(actor, verb: str, *, subject_id=None, client_id=None, data: dict | None = None) -> Activity:
    """Write one activity; raises RuntimeError outside a transaction, since it must stand or fall with its cause."""
    _require_transaction(verb)
    activity = build(actor, verb, subject_id=subject_id, client_id=client_id, data=data)
    activity.save(force_insert=True)
    if reactions.reacts_to(verb):
        happening = reactions.Happening(activity.pk, actor, verb, subject_id, client_id, activity.data)
        reactions.tell(verb, [happening])
    return activity


def record_many(actor, verb: str, happened: Iterable[tuple]) -> None:
    """Write many activities of one verb; each is (subject id, client id, data). As `record` otherwise."""
    _require_own_eyes(actor)
    _require_transaction(verb)
    at, actor_id, cause = timezone.now(), actor.id, request_id()
    rows = list(happened)
    rows = [
        (row_id, at, actor_id, verb, subject_id, client_id, data, cause)
        for row_id, (subject_id, client_id, data) in zip(uuid7s(len(rows)), rows, strict=True)
    ]
    names = ("id", "at", "actor_id", "verb", "subject_id", "client_id", "data", "request_id")
    bulk_insert(Activity, names, rows)
    if rows and reactions.reacts_to(verb):
        reactions.tell(verb, [reactions.Happening(row[0], actor, verb, *row[4:7]) for row in rows])

"""Failed background jobs in words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdesk.core.errors import Conflict, Invalid
from frontdesk.core.jobs.models import QueuedJob
from frontdesk.core.jobs.registry import find
from frontdesk.core.text import gettext as _

_OWN = tuple(f"{kind.__module__}.{kind.__qualname__}: " for kind in (Invalid, Conflict))


@dataclass(frozen=True)
class Failure:
    """A job that was given up: what it was, why, and the technical details."""

    id: UUID
    label: str
    reason: str
    details: str
    queued_at: datetime
    ended_at: datetime | None
    attempts: int


def reason(error: str) -> str:
    """A traceback's last line in words."""
    lines = error.strip().splitlines()
    last = lines[-1].strip() if lines else ""
    for prefix in _OWN:
        if last.startswith(prefix):
            return last.removeprefix(prefix).removeprefix(": ")
    if not last:
        return _("It was stopped while it ran.")
    return _("It ended with an unexpected error: %(error)s", error=last[:300])


def failure(row: QueuedJob) -> Failure:
    """One job in words."""
    entry = find(row.name)
    label = str(entry.label) if entry and entry.label else row.name
    return Failure(row.pk, label, reason(row.error), row.error, row.queued_at, row.ended_at, row.attempts)

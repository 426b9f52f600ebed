"""An undo's way through its records: some in each transaction, so that a run which is killed goes on where it was."""

from uuid import UUID

from django.db import transaction

from frontdesk.activity.spine import record
from frontdesk.core.jobs.queue import keep_alive

from .ledger import leave_out
from .models import Change, ChangedRow, State
from .restoring import restore

AT_ONCE = 200
CHUNK = 200


def _next(change: Change) -> list[UUID]:
    rows = ChangedRow.objects.filter(change_id=change.pk)
    if change.reached:
        rows = rows.filter(about__gt=change.reached)
    return list(rows.order_by("about").values_list("about", flat=True).distinct()[:CHUNK])


def _finish(actor, change: Change) -> None:
    change.state = State.UNDONE
    change.save(update_fields=["state"])
    data = {"kind": change.kind, "restored": change.restored, "records": change.records}
    record(actor, "undo.undone", subject_id=change.pk, data=data)


def _step(actor, change_id: UUID) -> bool:
    """Restore some records; whether there may be more."""
    with transaction.atomic():
        change = Change.objects.select_for_update().get(pk=change_id)
        if change.state != State.UNDOING:
            return False
        abouts = _next(change)
        if not abouts:
            _finish(actor, change)
            return False
        restored, left = restore(actor, change, abouts)
        leave_out(change, {about: [reason] for about, reason in left.items()}, undoing=True)
        change.restored += len(restored)
        change.reached = abouts[-1]
        change.save(update_fields=["restored", "reached"])
        keep_alive(progressed=True)
    return True


def go_on(actor, change: Change) -> None:
    """Undo a change from where it is."""
    while _step(actor, change.pk):
        pass

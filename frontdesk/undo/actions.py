"""Taking a change back."""

from django.db import transaction
from django.utils import timezone

from frontdesk.core.errors import Conflict
from frontdesk.core.jobs.queue import enqueue
from frontdesk.core.text import gettext as _

from . import access, permissions, running
from .jobs import work
from .models import KEPT, Change, State
from .registry import change_kinds


def why_not(change: Change) -> str:
    """Why a change cannot be undone, as a sentence; empty when it can."""
    if change.state == State.WORKING:
        return _("This is still being done. Undo it once it is finished.")
    if change.state == State.UNDOING:
        return _("This is being undone already.")
    if change.state == State.UNDONE:
        return _("This was undone already.")
    if change.at < timezone.now() - KEPT:
        return _("This is older than thirty days and cannot be undone any more.")
    return ""


def undo(actor, change: Change) -> Change:
    """Take a change back, at once for few records, else in the background; raises Conflict, Forbidden.

    Records that were changed since stay as they are and are listed.
    """
    access.require(actor, permissions.UNDO)
    access.require(actor, change_kinds[change.kind].right)
    with transaction.atomic():
        found = Change.objects.select_for_update().get(pk=change.pk)
        reason = why_not(found)
        if reason:
            raise Conflict(reason)
        found.state, found.undone_by_id, found.undone_at = State.UNDOING, actor.id, timezone.now()
        found.reached, found.restored = None, 0
        found.save()
        if found.records > running.AT_ONCE:
            enqueue(work, change_id=str(found.pk))
        else:
            running.go_on(actor, found)
    found.refresh_from_db()
    return found

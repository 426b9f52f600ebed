"""Files go at once, their contents by a job after the commit, or once nobody can bring them back."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from frontdesk.core.jobs.queue import enqueue
from frontdesk.core.jobs.registry import job
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.undo.ledger import Ledger

from . import blobs
from .models import KeptContent, State, StoredFile


@job("files.sweep", label=_lazy("Delete a file"))
def sweep(blob: str) -> None:
    """Delete a content that no file has any more, and none can have again."""
    if not StoredFile.objects.filter(blob=blob).exists() and not KeptContent.objects.filter(blob=blob).exists():
        blobs.remove(blob)


def _sweep_soon(keys: Iterable[str]) -> None:
    for key in sorted(set(keys)):
        enqueue(sweep, blob=key)


def forget(rows) -> int:
    """Delete files; the number of them."""
    with transaction.atomic():
        keys = list(rows.values_list("blob", flat=True))
        count = rows.delete()[0]
        _sweep_soon(keys)
    return count


def take_away(ledger: Ledger, about: UUID, files: Iterable[StoredFile]) -> int:
    """Delete files so that an undo brings them back, in the caller's transaction; the number of those.

    One that nobody could fetch, since it was refused or not yet checked, goes for good.
    """
    rows = StoredFile.objects.select_for_update().filter(pk__in=[file.pk for file in files])
    kept = list(rows.filter(state=State.READY).order_by("pk"))
    for row in kept:
        ledger.deleted(about, row)
        KeptContent.objects.create(
            account_id=row.account_id, blob=row.blob, change_id=ledger.change.pk, about=about
        )  # fmt: skip
    forget(rows)
    return len(kept)


def let_go(kept) -> None:
    """Contents need no longer be kept; those that no file has go."""
    with transaction.atomic():
        keys = list(kept.values_list("blob", flat=True))
        kept.delete()
        _sweep_soon(keys)

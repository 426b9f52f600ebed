"""What happens to files in the background."""

import shutil
from contextlib import suppress
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from frontdesk.core.jobs.registry import every, job
from frontdesk.core.tenancy.context import account_context, across_accounts
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.undo.models import Change

from . import blobs, sweeping
from .models import KeptContent, StoredFile, Upload
from .pictures import preparing

KEPT_UNATTACHED = timedelta(days=1)
KEPT_PARTS = timedelta(days=2)
_BATCH = 500


@job("files.prepare", attempts=3, label=_lazy("Prepare a picture"))
def prepare(blob: str) -> None:
    """Make a picture anew and its previews; nothing when that was done already."""
    preparing.prepare(blob)


@every("files.prune", hours=1)
def prune() -> None:
    """Forget what was uploaded and never attached."""
    before = timezone.now() - KEPT_UNATTACHED
    while _prune_some(before):
        pass


def _prune_some(before: datetime) -> bool:
    """Forget a number of old uploads; whether there were any."""
    with across_accounts():
        old = StoredFile.objects.filter(place="", created_at__lt=before)
        found = list(old.values_list("account_id", "pk")[:_BATCH])
    gone = 0
    for account_id in {account for account, _pk in found}:
        with account_context(account_id):
            rows = StoredFile.objects.filter(pk__in=[pk for account, pk in found if account == account_id])
            gone += sweeping.forget(rows)
    return gone > 0


@every("files.prune_kept", hours=1)
def prune_kept() -> None:
    """Let go of the contents of deleted files that can no longer be brought back."""
    with across_accounts():
        over = KeptContent.objects.filter(~Exists(Change.objects.filter(pk=OuterRef("change_id"))))
        found = list(over.values_list("account_id", "pk")[:_BATCH])
    for account_id in {account for account, _pk in found}:
        with account_context(account_id):
            sweeping.let_go(KeptContent.objects.filter(pk__in=[pk for account, pk in found if account == account_id]))


@every("files.prune_uploads", hours=1)
def prune_uploads() -> None:
    """Forget uploads whose time is over, and what they and broken forms left on the disk."""
    with across_accounts():
        Upload.objects.filter(expires_at__lt=timezone.now()).delete()
    before = (timezone.now() - KEPT_PARTS).timestamp()
    for path in blobs.scratch().iterdir():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

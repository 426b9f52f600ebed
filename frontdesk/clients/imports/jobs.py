"""The background runs of imports."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from frontdesk.core.jobs.registry import every, job
from frontdesk.core.tenancy.context import account_context, across_accounts
from frontdesk.core.text import gettext_lazy as _lazy

from . import running, storage
from .models import ClientImport

KEPT = timedelta(days=30)


@job("clients.import", attempts=running.FAILURES, label=_lazy("Import %(clients)s"))
def work(import_id: str, turn: int) -> None:
    """Check or run an import from where it is."""
    try:
        running.go_on(UUID(import_id), turn)
    except Exception:
        running.note_failure(UUID(import_id), turn)
        raise


@every("clients.import.prune", hours=6)
def prune_files() -> None:
    """Delete the files of imports that were uploaded thirty days ago; what they did stays known."""
    with across_accounts():
        old = ClientImport.objects.filter(file_kept=True, uploaded_at__lt=timezone.now() - KEPT)
        found = list(old.exclude(state="running").values_list("account_id", "id"))
    for account_id, import_id in found:
        storage.forget(import_id)
        with account_context(account_id):
            ClientImport.objects.filter(pk=import_id).update(file_kept=False)

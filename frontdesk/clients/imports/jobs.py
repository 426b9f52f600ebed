"""The background runs of imports."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from frontdesk.core.jobs.models import QueuedJob, Status
from frontdesk.core.jobs.registry import every, job
from frontdesk.core.tenancy.context import account_context, across_accounts
from frontdesk.core.text import gettext_lazy as _lazy

from . import running, storage
from .models import ClientImport, State

KEPT = timedelta(days=30)
WORKING = (State.CHECKING, State.RUNNING)


@job("clients.import", attempts=running.FAILURES, label=_lazy("Import %(clients)s"))
def work(import_id: str, turn: int) -> None:
    """Check or run an import from where it is."""
    try:
        running.go_on(UUID(import_id), turn)
    except Exception:
        running.note_failure(UUID(import_id), turn)
        raise


@every("clients.import.abandoned", minutes=5)
def give_up_abandoned() -> None:
    """End imports whose background run was given up, for example because it took each worker down with it."""
    with across_accounts():
        working = list(ClientImport.objects.filter(state__in=WORKING).select_related("account"))
    live = QueuedJob.objects.filter(name=work.name, status__in=[Status.WAITING, Status.RUNNING])
    present = {(arguments["import_id"], arguments["turn"]) for arguments in live.values_list("arguments", flat=True)}
    for source in working:
        # A short file is checked while its page is made, without a background run.
        is_short_check = source.state == State.CHECKING and source.rows <= running.AT_ONCE
        if not is_short_check and (str(source.pk), source.turn) not in present:
            with account_context(source.account):
                running.give_up_abandoned(source)


@every("clients.import.prune", hours=6)
def prune_files() -> None:
    """Delete the files of imports that were uploaded thirty days ago; what they did stays known."""
    with across_accounts():
        old = ClientImport.objects.filter(file_kept=True, uploaded_at__lt=timezone.now() - KEPT)
        found = list(old.exclude(state__in=WORKING).values_list("account_id", "id"))
    for account_id, import_id in found:
        storage.forget(import_id)
        with account_context(account_id):
            ClientImport.objects.filter(pk=import_id).update(file_kept=False)

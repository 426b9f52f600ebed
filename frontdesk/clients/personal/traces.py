"""Where else a client's data lies: imports, the ledger of undo, failed jobs, answers kept for repeated requests."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.db import connection

from frontdesk.core.jobs.models import QueuedJob, Status
from frontdesk.core.rest.models import IdempotencyKey
from frontdesk.undo.models import ChangedRow, LeftOut

from ..imports import storage
from ..imports.models import ClientImport, ImportedClient, LeftOutRow


@contextmanager
def overwriting() -> Iterator[None]:
    """Let SQLite overwrite what it deletes, and empty its journal afterwards."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = ON")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = OFF")
            if not connection.in_atomic_block:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def erase_imports(ids: list[UUID]) -> list[UUID]:
    """Forget the files of imports that brought or changed the client, with the samples and reasons taken from them."""
    sources = set(ImportedClient.objects.filter(client_id__in=ids).values_list("source_id", flat=True))
    LeftOutRow.objects.filter(source_id__in=sources).delete()
    ClientImport.objects.filter(pk__in=sources).update(file_kept=False, samples=[])
    return sorted(sources)


def erase_ledger(ids: list[UUID]) -> None:
    """Changes of the client can no longer be undone; those of others still can."""
    ChangedRow.objects.filter(about__in=ids).delete()
    LeftOut.objects.filter(about__in=ids).delete()


def erase_jobs(account_id: UUID, markers: list[str]) -> None:
    """Background jobs of the account that name the client, but those that run right now."""
    jobs = QueuedJob.objects.filter(account_id=account_id).exclude(status=Status.RUNNING)
    rows = jobs.values_list("pk", "arguments", "error").iterator(chunk_size=1000)
    found = [pk for pk, arguments, error in rows if any(text in f"{arguments} {error}" for text in markers)]
    QueuedJob.objects.filter(pk__in=found).delete()


def erase_answers(account_id: UUID) -> None:
    """Answers kept for repeated requests lose their content, whoever they are about: a repetition is a conflict."""
    IdempotencyKey.objects.filter(account_id=account_id).exclude(body="").update(body="")


def remove_files(bundles: Iterable[Path], imports: Iterable[UUID]) -> None:
    """Delete files, after the database has let go of them."""
    for path in bundles:
        path.unlink(missing_ok=True)
    for import_id in imports:
        storage.forget(import_id)

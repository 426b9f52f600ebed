"""Whether the parts that Frontdesk stands on work; read by /health/ready and by `frontdesk doctor`."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from frontdesk.core.jobs.models import Heartbeat

from .finding import Finding

WORKER_SILENT_SECONDS = 60
LITTLE_SPACE_BYTES = 500 * 1024 * 1024
_migrated: set[str] = set()


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0]


def check_database() -> Finding:
    """Whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        return Finding("database", False, f"Start the database or correct FRONTDESK_DATABASE: {_first_line(error)}")
    return Finding("database", True)


def pending_migrations() -> int:
    """How many migrations are not applied; once all are, this process remembers it."""
    if DEFAULT_DB_ALIAS in _migrated:
        return 0
    executor = MigrationExecutor(connection)
    pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not pending:
        _migrated.add(DEFAULT_DB_ALIAS)
    return pending


def check_migrations() -> Finding:
    """Whether the database has this version's tables."""
    try:
        pending = pending_migrations()
    except Error:
        return Finding("migrations", False, "Make the database reachable first.")
    if pending:
        return Finding("migrations", False, f"Run `frontdesk migrate`: {pending} steps are missing.")
    return Finding("migrations", True)


def check_storage() -> Finding:
    """Whether files can be written and some space is left."""
    folder = Path(settings.DATA_DIR) / "files"
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"probe")
    except OSError as error:
        return Finding("storage", False, f"Make {folder} writable for this user: {error.strerror}.")
    free = shutil.disk_usage(folder).free
    if free < LITTLE_SPACE_BYTES:
        return Finding("storage", False, f"Free some disk space: {free // 1024**2} MiB are left under {folder}.")
    return Finding("storage", True, f"{free // 1024**3} GiB free")


def heartbeat_age() -> float | None:
    """Seconds since the background worker showed that it lives; None when it never did."""
    last = Heartbeat.objects.filter(name="worker").values_list("at", flat=True).first()
    return None if last is None else (timezone.now() - last).total_seconds()


def check_worker() -> Finding:
    """Whether a background worker is running."""
    try:
        age = heartbeat_age()
    except Error:
        return Finding("worker", False, "Make the database reachable and migrated first.")
    if age is None:
        return Finding("worker", False, "Start `frontdesk run` or `frontdesk worker`: no worker has run yet.")
    if age > WORKER_SILENT_SECONDS:
        return Finding("worker", False, f"Start `frontdesk run` or `frontdesk worker`: silent for {age:.0f} seconds.")
    return Finding("worker", True)


READINESS: tuple[Callable[[], Finding], ...] = (check_database, check_migrations, check_storage, check_worker)

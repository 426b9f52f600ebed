"""Filling an empty database from a backup."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections, transaction

from frontdesk.core import registry
from frontdesk.core.tenancy.context import across_accounts

from . import BackupError, tables
from .archive import Manifest, entry_of
from .making import key_mark


def _check_empty() -> None:
    if connection.introspection.table_names():
        raise BackupError("The database is not empty: give an empty one in FRONTDESK_DATABASE.")


def _empty() -> None:
    """Remove the tables that a restoring which failed has made in what was an empty database."""
    connection.close()
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        for suffix in ("", "-wal", "-shm", ".write-lock"):
            Path(name + suffix).unlink(missing_ok=True)
        return
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    try:
        yield
    except BaseException:
        _empty()
        raise


def fill_database(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Make tables and rows; raises BackupError, and leaves the database as empty as it was."""
    _check_empty()
    migrations = [(app, name) for app, name in manifest.migrations]
    found = {model._meta.label_lower: model for model in tables.models_at(migrations)}
    if set(found) != {table.model for table in manifest.tables}:
        raise BackupError("This backup's tables are not those of its version.")
    with _all_or_nothing(), across_accounts():
        tables.build(migrations)
        with transaction.atomic():
            for table in manifest.tables:
                with archive.open(entry_of(table.model)) as lines:
                    tables.load(found[table.model], table, lines)
            tables.finish(list(found.values()))
        call_command("migrate", interactive=False, verbosity=0)
        for _name, make_anew in registry.derived.items():
            make_anew()
    connections.close_all()


def same_key(manifest: Manifest) -> bool:
    """Whether the signing key in use is the one that the backup was made with."""
    return manifest.key == key_mark()

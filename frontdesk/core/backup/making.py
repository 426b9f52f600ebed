"""Writing a backup while everything goes on."""

import hashlib
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from . import BackupError, tables
from .archive import DATA, FOLDERS, Manifest, Table, Writer, blocks_of, entry_of


def key_mark() -> str:
    """Says whether two signing keys are the same."""
    return hashlib.sha256(b"frontdesk backup " + settings.SECRET_KEY.encode()).hexdigest()[:16]


def _database_name() -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {'.'.join(map(str, connection.Database.sqlite_version_info))}"
    return f"PostgreSQL {connection.pg_version // 10000}"


def _write_tables(writer: Writer) -> None:
    with tables.snapshot() as on:
        done = tables.applied(on)
        if not done:
            raise BackupError("There is nothing to save: the database has no tables yet.")
        writer.manifest.migrations = [list(key) for key in done]
        for model in tables.models_at(done):
            columns = [field.attname for field in tables.columns_of(model)]
            table = Table(model._meta.label_lower, columns, 0)
            writer.add(entry_of(table.model), tables.rows_of(on, model, table))
            writer.manifest.tables.append(table)


def _write_files(writer: Writer, data: Path) -> None:
    """The files after the rows, so that what a row names is there; one that goes away meanwhile is not missed."""
    for folder in FOLDERS:
        for path in sorted((data / folder).rglob("*")):
            if path.is_file() and not path.is_symlink():
                with suppress(FileNotFoundError):
                    writer.add(f"{DATA}{path.relative_to(data).as_posix()}", blocks_of(path))


@contextmanager
def _new_file(target: Path) -> Iterator[int]:
    """The descriptor of a file that gets its name when it is complete, and that only this user can read."""
    part = target.with_name(target.name + ".part")
    with suppress(FileNotFoundError):
        part.unlink()
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    try:
        yield descriptor
        os.fsync(descriptor)
        os.link(part, target)
    except FileExistsError:
        raise BackupError(f"{target} exists already.") from None
    finally:
        os.close(descriptor)
        part.unlink()


def make_backup(target: Path) -> Manifest:
    """Save everything into a new file; raises BackupError, OSError."""
    if target.exists():
        raise BackupError(f"{target} exists already.")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = Manifest(datetime.now(UTC).isoformat(timespec="seconds"), _database_name(), key_mark(), [])
    with _new_file(target) as descriptor, os.fdopen(descriptor, "wb", closefd=False) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as archive:
            writer = Writer(archive, made)
            _write_tables(writer)
            _write_files(writer, Path(settings.DATA_DIR))
            writer.close()
        file.flush()
    return made

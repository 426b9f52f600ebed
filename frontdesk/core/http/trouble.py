"""Tells the bad days of a machine (its disk is full, its database busy or away) from faults of the program."""

import errno
import shutil
from collections.abc import Iterator

from django.conf import settings

BROKEN, AWAY, FULL = 500, 503, 507
NO_SPACE = {errno.ENOSPC, errno.EDQUOT}
# A file system with less is as good as full: SQLite then reports that it cannot read or write.
FULL_BELOW_BYTES = 1024 * 1024
SQLITE_AWAY = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")
SQLITE_FILES = ("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")
# SQLSTATE of a full disk, then the classes and codes of what passes by itself: connection, resources, shutdown,
# deadlock, a lock that was not to be had.
STATE_FULL = "53100"
STATES_AWAY = ("08", "53", "57", "40001", "40P01", "55P03")
BUCKET_AWAY = ("botocore.exceptions.ConnectionError", "botocore.exceptions.HTTPClientError")
CONNECTION_ERRORS = ("psycopg.OperationalError", "psycopg.InterfaceError")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, what it was raised from, and so on."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _disk_is_full() -> bool:
    try:
        return shutil.disk_usage(settings.DATA_DIR).free < FULL_BELOW_BYTES
    except OSError:
        return False


def _of_sqlite(name: str) -> int:
    if name.startswith("SQLITE_FULL"):
        return FULL
    if name.startswith(SQLITE_FILES):
        return FULL if _disk_is_full() else AWAY
    return AWAY if name.startswith(SQLITE_AWAY) else BROKEN


def _kinds(error: BaseException) -> list[str]:
    """The full names of an error's class and of those above it, whose libraries need not be installed."""
    return [f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__]


def _of_postgresql(error: BaseException, state: str | None) -> int:
    if state is None:
        return AWAY if any(kind in CONNECTION_ERRORS for kind in _kinds(error)) else BROKEN
    if state == STATE_FULL:
        return FULL
    return AWAY if state.startswith(STATES_AWAY) else BROKEN


def _of_one(error: BaseException) -> int:
    if isinstance(error, OSError) and error.errno in NO_SPACE:
        return FULL
    if hasattr(error, "sqlite_errorname"):
        return _of_sqlite(error.sqlite_errorname)
    if hasattr(error, "sqlstate"):
        return _of_postgresql(error, error.sqlstate)
    return AWAY if any(kind in BUCKET_AWAY for kind in _kinds(error)) else BROKEN


def status_of(error: BaseException | None) -> int:
    """507 for a full disk, 503 for a database that is busy or away, 500 for anything else."""
    found = (status for one in _chain(error) if (status := _of_one(one)) != BROKEN)
    return next(found, BROKEN)

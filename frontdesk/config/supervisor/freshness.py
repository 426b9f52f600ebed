"""Tells, without loading Django, whether anything changed since database and static files were last prepared."""

import hashlib
import sqlite3
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from frontdesk.config import env

PACKAGE = Path(__file__).resolve().parent.parent.parent
MARK = Path("run") / "prepared"


def _installed() -> Iterator[str]:
    """What this version consists of: libraries, migrations and built assets."""
    yield from sorted(path.name for path in Path(sysconfig.get_paths()["purelib"]).glob("*.dist-info"))
    for pattern in ("*/migrations/*.py", "*/*/migrations/*.py", "ui/static/dist/**/*"):
        for path in sorted(PACKAGE.glob(pattern)):
            status = path.stat()
            yield f"{path}:{status.st_size}:{status.st_mtime_ns}"


def _schema_version(path: str) -> int:
    """SQLite's own count of schema changes; raises sqlite3.Error when there is no database."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return connection.execute("PRAGMA schema_version").fetchone()[0]
    finally:
        connection.close()


def fingerprint(data: Path) -> str:
    """Equal twice when nothing is to be prepared; empty when that cannot be known (a database server, no database)."""
    database = env.database(data)
    if "sqlite" not in database["ENGINE"]:
        return ""
    try:
        schema = _schema_version(database["NAME"])
    except sqlite3.Error:
        return ""
    seen = hashlib.sha256(f"{database['NAME']}:{schema}".encode())
    for line in _installed():
        seen.update(line.encode())
    return seen.hexdigest()


def is_prepared(data: Path) -> bool:
    """Whether the last preparation still holds."""
    mark = data / MARK
    return mark.exists() and (data / "static").exists() and mark.read_text() == fingerprint(data) != ""


def note_prepared(data: Path) -> None:
    """Remember that everything is prepared now."""
    (data / MARK).write_text(fingerprint(data))

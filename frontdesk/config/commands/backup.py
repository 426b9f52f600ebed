"""Saves the whole installation into one file."""

import sys
from pathlib import Path

from . import set_up_django


def run(options) -> int:
    """Make the file and say what is in it; 1 when it could not be made."""
    set_up_django()
    from django.db import Error

    from frontdesk.core.backup import BackupError
    from frontdesk.core.backup.making import make_backup

    target = _target(options.file)
    try:
        made = make_backup(target)
    except (BackupError, OSError, Error) as problem:
        print(problem, file=sys.stderr)
        return 1
    rows, files = sum(table.rows for table in made.tables), len(made.entries) - len(made.tables)
    print(f"{target}: {rows} rows of {len(made.tables)} tables, {files} files and keys.")
    print("It holds everything, secrets too: keep it as safe as the data itself.")
    return 0


def _target(given: str | None) -> Path:
    from django.conf import settings

    from frontdesk.core.backup.rotation import name_now

    path = Path(given).expanduser() if given else Path(settings.BACKUPS)
    return path / name_now() if path.is_dir() or not given else path

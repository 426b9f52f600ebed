"""The automatic backups: where they are, how old, which of them go."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from .making import make_backup

NAME = re.compile(r"frontdesk-(\d{8}-\d{6})\.zip")
PERIOD = timedelta(hours=23, minutes=30)


def name_now() -> str:
    """The name of a backup that is made now."""
    return f"frontdesk-{datetime.now(UTC):%Y%m%d-%H%M%S}.zip"


def kept() -> list[tuple[datetime, Path]]:
    """The backups in the folder with the moment of each, oldest first."""
    found = []
    for path in Path(settings.BACKUPS).glob("*.zip"):
        named = NAME.fullmatch(path.name)
        if named:
            found.append((datetime.strptime(named[1], "%Y%m%d-%H%M%S").replace(tzinfo=UTC), path))
    return sorted(found)


def is_due() -> bool:
    """Whether automatic backups are wanted and the newest is a day old."""
    if not settings.BACKUP_KEEP:
        return False
    found = kept()
    return not found or datetime.now(UTC) - found[-1][0] >= PERIOD


def make_daily() -> None:
    """Make a backup when one is due, and remove those beyond the number to keep."""
    if not is_due():
        return
    make_backup(Path(settings.BACKUPS) / name_now())
    for _at, path in kept()[: -settings.BACKUP_KEEP]:
        path.unlink(missing_ok=True)

"""Where an import's file and its rows lie while they are needed: a folder each under the installation's files."""

import os
import shutil
from pathlib import Path
from uuid import UUID

from django.conf import settings

from frontdesk.core.tables import reading
from frontdesk.core.tables.limits import Limits

_MARGIN = 64 * 1024


def limits() -> Limits:
    """What a file may ask of this installation."""
    return Limits(file_bytes=settings.MAX_IMPORT_BYTES)


def folder(import_id: UUID) -> Path:
    """The folder of one import."""
    return Path(settings.DATA_DIR) / "files" / "imports" / str(import_id)


def check_request_size(request) -> None:
    """Refuse an upload by what its header says, before anything of it is read; raises TableRefused."""
    try:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        size = 0
    reading.check_size(max(size - _MARGIN, 0), limits())


def keep(import_id: UUID, upload) -> Path:
    """Write an upload to disk piece by piece; raises TableRefused when it is too large."""
    target = folder(import_id)
    target.mkdir(mode=0o700, parents=True)
    path, size = target / "upload", 0
    with open(path, "wb") as file:
        for chunk in upload.chunks():
            size += len(chunk)
            reading.check_size(size, limits())
            file.write(chunk)
        os.fsync(file.fileno())
    return path


def spool(import_id: UUID, filename: str, sheet: str | None) -> reading.Table:
    """Read the kept upload into rows; raises TableRefused."""
    home = folder(import_id)
    return reading.spool(home / "upload", filename, home / "rows", sheet, limits())


def rows(import_id: UUID) -> reading.Table:
    """The rows of an import; raises FileNotFoundError once they were deleted."""
    return reading.load(folder(import_id) / "rows")


def forget(import_id: UUID) -> None:
    """Delete the file and its rows."""
    shutil.rmtree(folder(import_id), ignore_errors=True)

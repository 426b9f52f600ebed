"""The place that a restored installation grows in, until it is whole and moves to where it belongs.

Knows no Django: settings are read from the files that are restored here first.
"""

import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import BackupError
from .archive import DATA, Manifest

NAME = ".restore"


def _files_in(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if not path.is_dir())


def check_empty(data: Path) -> None:
    """Raise BackupError unless the data directory is missing or holds nothing but empty directories."""
    found = next(_files_in(data), None)
    if found is not None:
        raise BackupError(
            f"{data} is not empty ({found.relative_to(data)}): give an empty directory in FRONTDESK_DATA."
        )


def _move(staged: Path, data: Path) -> None:
    for path in staged.iterdir():
        there = data / path.name
        if there.is_dir():
            shutil.rmtree(there)
        path.rename(there)
    staged.rmdir()


@contextmanager
def staged(data: Path) -> Iterator[Path]:
    """A directory whose content replaces the data directory's at the end, or is gone without a trace."""
    check_empty(data)
    existed, place = data.exists(), data / NAME
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        yield place
        _move(place, data)
    except BaseException:
        shutil.rmtree(place)
        if not existed:
            data.rmdir()
        raise
    data.chmod(0o700)


def extract(archive: zipfile.ZipFile, manifest: Manifest, place: Path) -> None:
    """Put the files and keys there, for this user only."""
    for name in manifest.entries:
        if name.startswith(DATA):
            path = place / name.removeprefix(DATA)
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with (
                archive.open(name) as source,
                open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as to,
            ):
                shutil.copyfileobj(source, to)

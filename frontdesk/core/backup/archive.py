"""The file of a backup: written in one go, checked in full before anything is taken from it."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from . import BackupError

FORMAT = 1
PRODUCT = "frontdesk"
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
TABLES, DATA = "tables/", "data/"
FOLDERS = ("files", "keys", "locale")
BLOCK = 1024 * 1024
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, KeyError, TypeError)


@dataclass
class Table:
    """One table: its model's label, the columns in the order of the rows, and how many rows there are."""

    model: str
    columns: list[str]
    rows: int


@dataclass
class Manifest:
    """What the file holds. `key` tells two signing keys apart and does not give away either."""

    made_at: str
    database: str
    key: str
    migrations: list[list[str]]
    tables: list[Table] = field(default_factory=list)
    entries: dict[str, dict] = field(default_factory=dict)
    version: str = field(default_factory=lambda: version(PRODUCT))
    format: int = FORMAT
    product: str = PRODUCT


class Writer:
    """Adds entries to a new archive and remembers what they were."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest):
        self.archive, self.manifest = archive, manifest

    def add(self, name: str, blocks: Iterable[bytes]) -> None:
        """One entry, in pieces."""
        digest, size = hashlib.sha256(), 0
        with self.archive.open(name, "w", force_zip64=True) as entry:
            for block in blocks:
                entry.write(block)
                digest.update(block)
                size += len(block)
        self.manifest.entries[name] = {"bytes": size, "sha256": digest.hexdigest()}

    def close(self) -> None:
        """The manifest, last."""
        text = json.dumps(asdict(self.manifest), indent=1).encode()
        self.archive.writestr(MANIFEST, text)
        self.archive.writestr(SEAL, hashlib.sha256(text).hexdigest())


def blocks_of(path: Path) -> Iterator[bytes]:
    """A file's content in pieces."""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive; raises BackupError where it is none, or is damaged where it is read here."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except FileNotFoundError:
        raise BackupError(f"There is no file {path}.") from None
    except _UNREADABLE:
        raise BackupError(f"{path} is not a backup of Frontdesk, or it is damaged or incomplete.") from None


def _is_safe(name: str) -> bool:
    """Whether an entry is a table's, or a file's that belongs below the data directory."""
    parts = PurePosixPath(name).parts
    if "\\" in name or "\0" in name or ".." in parts or name.startswith("/"):
        return False
    if name.startswith(TABLES):
        return len(parts) == 2
    return name.startswith(DATA) and len(parts) > 2 and parts[1] in FOLDERS


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    text = archive.read(MANIFEST)
    if hashlib.sha256(text).hexdigest().encode() != archive.read(SEAL):
        raise ValueError("manifest")
    values = json.loads(text)
    if values["product"] != PRODUCT:
        raise ValueError("product")
    if values["format"] > FORMAT:
        raise BackupError(f"This backup was made by Frontdesk {values['version']}, which is newer: install that first.")
    return Manifest(**{**values, "tables": [Table(**table) for table in values["tables"]]})


def _check_entry(archive: zipfile.ZipFile, name: str, told: dict) -> None:
    digest, size = hashlib.sha256(), 0
    with archive.open(name) as entry:
        while block := entry.read(BLOCK):
            digest.update(block)
            size += len(block)
    if size != told["bytes"] or digest.hexdigest() != told["sha256"]:
        raise ValueError(name)


def verified(path: Path) -> Manifest:
    """The manifest of a file whose every byte was checked against it; raises BackupError."""
    with _opened(path) as archive:
        manifest = _manifest(archive)
        names = archive.namelist()
        if sorted(names) != sorted([*manifest.entries, MANIFEST, SEAL]):
            raise ValueError("entries")
        if not all(map(_is_safe, manifest.entries)):
            raise ValueError("names")
        for name, told in manifest.entries.items():
            _check_entry(archive, name, told)
        if {entry_of(table.model) for table in manifest.tables} - set(names):
            raise ValueError("tables")
    return manifest


def entry_of(model: str) -> str:
    """Where a table's rows are in the archive."""
    return f"{TABLES}{model}.jsonl"

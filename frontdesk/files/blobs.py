"""The contents of files: on the disk of this machine, or in a bucket that speaks S3.

Only this module knows where they are. A blob's key is random, so that no address can be guessed from another.
"""

import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, storages

PREVIEWS = (96, 320, 1280)
_BLOCK = 256 * 1024


class Gone(FileNotFoundError):
    """The content of a file is not where it should be."""


def _storage() -> Any:
    return storages["files"]


def _is_local() -> bool:
    return isinstance(_storage(), FileSystemStorage)


def scratch() -> Path:
    """The folder of what is still on its way; on the same disk as the blobs, so that it becomes one by its name."""
    folder = Path(settings.DATA_DIR) / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def new_key(account_id: UUID) -> str:
    """A key that nobody can guess."""
    name = secrets.token_hex(24)
    return f"{account_id.hex}/{name[:2]}/{name}"


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def preview_key(key: str, width: int) -> str:
    """Where the preview of a blob is."""
    return f"{key}.{width}.webp"


def keep(path: Path, key: str) -> None:
    """Make the file at `path` the content of a key; the file itself is used up. Raises OSError."""
    if not _is_local():
        with path.open("rb") as file:
            _storage().save(key, File(file))
        path.unlink()
        return
    target = Path(_storage().path(key))
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("rb") as file:
        os.fsync(file.fileno())
    path.chmod(0o600)
    path.replace(target)


def remove(key: str) -> None:
    """Delete a blob with its previews; one that is gone already is no error."""
    for name in (key, *(preview_key(key, width) for width in PREVIEWS)):
        with suppress(FileNotFoundError):
            _storage().delete(name)


def exists(key: str) -> bool:
    """Whether there is content under a key."""
    return _storage().exists(key)


def size(key: str) -> int:
    """The bytes under a key; raises Gone."""
    from botocore.exceptions import ClientError

    try:
        return _storage().size(key)
    except (FileNotFoundError, ClientError) as error:
        raise Gone(key) from error


class _Part:
    """The bytes from `start` on, `length` of them, of a file that is open."""

    def __init__(self, file, length: int):
        self.file, self.left = file, length

    def read(self, size: int = -1) -> bytes:
        """The next block; empty at the end."""
        wanted = self.left if size < 0 else min(size, self.left)
        block = self.file.read(wanted) if wanted else b""
        self.left -= len(block)
        return block

    def close(self) -> None:
        """Let the file go."""
        self.file.close()


def opened(key: str, start: int, length: int) -> _Part:
    """Part of a blob, to be read in blocks; raises Gone."""
    if _is_local():
        return _Part(_opened_here(key, start), length)
    return _Part(_opened_there(key, start, length), length)


def blocks(key: str, length: int) -> Iterator[bytes]:
    """All of a blob in blocks; raises Gone."""
    part = opened(key, 0, length)
    try:
        while block := part.read(_BLOCK):
            yield block
    finally:
        part.close()


def _opened_here(key: str, start: int):
    try:
        file = open(_storage().path(key), "rb")
    except FileNotFoundError as error:
        raise Gone(key) from error
    file.seek(start)
    return file


def _opened_there(key: str, start: int, length: int):
    """A stream of the bucket itself: django-storages would fetch the whole content first."""
    from botocore.exceptions import ClientError

    storage = _storage()
    found = storage.bucket.Object(storage._normalize_name(key))
    try:
        return found.get(Range=f"bytes={start}-{start + length - 1}")["Body"] if length else _Empty()
    except ClientError as error:
        raise Gone(key) from error


class _Empty:
    def read(self, _size: int = -1) -> bytes:
        return b""

    def close(self) -> None:
        return None


@contextmanager
def at_hand(key: str, size: int) -> Iterator[Path]:
    """The content as a file that a child process can open; raises Gone."""
    if _is_local():
        yield Path(_storage().path(key))
        return
    part = opened(key, 0, size)
    with tempfile.NamedTemporaryFile(dir=scratch(), prefix="fetched-") as file:
        shutil.copyfileobj(part, file)
        part.close()
        file.flush()
        yield Path(file.name)

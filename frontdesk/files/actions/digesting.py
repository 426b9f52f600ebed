"""The digest of a long upload, counted while its next piece is on its way, so that its end need not wait for it.

Each process counts what it has not counted yet; one that saw only the last piece counts all of it.
"""

import hashlib
import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

_MOST = 200
_BLOCK = 256 * 1024


@dataclass
class _Count:
    digest: Any = field(default_factory=hashlib.sha256)
    offset: int = 0
    lock: Any = field(default_factory=threading.Lock)


_counts: OrderedDict[UUID, _Count] = OrderedDict()
_behind = ThreadPoolExecutor(1, thread_name_prefix="digest")


def _count_of(upload_id: UUID) -> _Count:
    found = _counts.setdefault(upload_id, _Count())
    while len(_counts) > _MOST:
        with suppress(KeyError):
            _counts.popitem(last=False)
    return found


def _advance(count: _Count, path: Path, upto: int) -> None:
    """Count the bytes that are there for good."""
    with count.lock, path.open("rb") as file:
        file.seek(count.offset)
        while count.offset < upto and (block := file.read(min(_BLOCK, upto - count.offset))):
            count.digest.update(block)
            count.offset += len(block)


def come(upload_id: UUID, path: Path, upto: int) -> None:
    """A piece has come: count it in a thread of its own."""
    _behind.submit(_advance, _count_of(upload_id), path, upto)


def digest(upload_id: UUID, path: Path, size: int) -> str:
    """The SHA-256 of the whole file, in hexadecimal."""
    count = _counts.pop(upload_id, None) or _Count()
    _advance(count, path, size)
    return count.digest.hexdigest()

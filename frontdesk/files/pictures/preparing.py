"""Making pictures anew: the verb that the one who uploads and the background worker share."""

import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from django.db import connection, transaction
from django.utils import timezone

from frontdesk.core import sandbox

from .. import blobs
from ..models import Kind, State, StoredFile
from ..names import extension_of, with_extension
from ..places import places
from ..types import type_of
from .task import Outcome, Task

KINDS = (Kind.IMAGE, Kind.PDF)
_CHILD = "frontdesk.files.pictures.child"
_RESCUE = timedelta(minutes=2)
_hand = threading.Semaphore(1)


@contextmanager
def hand() -> Iterator[bool]:
    """Whether this process may decode a picture right now: one at a time, and never within a transaction."""
    inside = any(not block._from_testcase for block in connection.atomic_blocks)
    free = not inside and _hand.acquire(blocking=False)
    try:
        yield free
    finally:
        if free:
            _hand.release()


def rescue_time() -> datetime:
    """When the job looks whether a process that decodes by itself came to an end."""
    return timezone.now() + _RESCUE


def prepare(blob: str) -> None:
    """Make the picture of a blob anew, with its previews, or refuse it; nothing when that was done already."""
    file = StoredFile.objects.filter(blob=blob).first()
    if file is None or file.has_preview or file.state == State.REFUSED:
        return
    with tempfile.TemporaryDirectory(dir=blobs.scratch(), prefix="picture-") as folder:
        with blobs.at_hand(blob, file.size) as path:
            outcome = _decoded(path, type_of(extension_of(file.name)).family, folder)
        if outcome.width:
            _replace(file, outcome, Path(folder))
        elif file.kind == Kind.IMAGE:
            _refuse(file)


def _decoded(path: Path, family: str, folder: str) -> Outcome:
    task = Task(str(path), family, folder, blobs.PREVIEWS)
    try:
        said, _status = sandbox.run(_CHILD, msgspec.json.encode(task), folder, task.wall_seconds)
        return msgspec.json.decode(said, type=Outcome) if said else Outcome()
    except (subprocess.TimeoutExpired, msgspec.DecodeError):
        return Outcome()


def _replace(file: StoredFile, outcome: Outcome, folder: Path) -> None:
    """Store what was made under a key of its own; whoever reads the old content meanwhile is not disturbed."""
    made: dict = {"width": outcome.width, "height": outcome.height, "has_preview": True, "state": State.READY}
    original, key = folder / "original", file.blob
    if outcome.extension:
        key = blobs.new_key(file.account_id)
        made |= _facts(original, outcome.extension) | {"blob": key}
        blobs.keep(original, key)
    for width in outcome.widths:
        blobs.keep(folder / f"{width}.webp", blobs.preview_key(key, width))
    _settle(file.blob, made, outcome.extension)
    if key != file.blob:
        blobs.remove(file.blob)


def _facts(original: Path, extension: str) -> dict:
    return {
        "size": original.stat().st_size,
        "sha256": blobs.digest(original),
        "content_type": type_of(extension).content_type,
    }


def _refuse(file: StoredFile) -> None:
    _settle(file.blob, {"state": State.REFUSED}, "")
    blobs.remove(file.blob)


def _settle(blob: str, made: dict, extension: str) -> None:
    """Tell every file of this content how it came out, and the places where they are."""
    with transaction.atomic():
        # First held, then read anew: a copy that is made at this moment is either seen or waits.
        list(StoredFile.objects.select_for_update().filter(blob=blob).values_list("pk", flat=True))
        for row in StoredFile.objects.filter(blob=blob):
            name = row.name
            if extension and type_of(extension_of(name)) != type_of(extension):
                name = with_extension(name, extension)
            StoredFile.objects.filter(pk=row.pk).update(**made, name=name)
            place = places.get(row.place)
            if place is not None and row.place_id:
                place.changed({row.place_id})

"""Files that come in pieces, so that a lost connection costs one piece and memory stays flat."""

import base64
import binascii
import errno
import fcntl
import hashlib
import hmac
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from frontdesk.core.errors import Conflict, Invalid
from frontdesk.core.text import gettext as _

from .. import access, blobs, permissions
from ..limits import limits
from ..models import Upload
from . import digesting
from .storing import check_promise, store

LIFETIME = timedelta(days=1)
MOST_OPEN = 100
LEFT_FREE = 64 * 1024 * 1024
CHECKSUMS = ("sha256", "sha1", "md5")
_BLOCK = 1024 * 1024


class WrongOffset(Conflict):
    """The piece does not begin where the file ends so far."""


class Busy(Conflict):
    """Another piece of the same file is being written."""


class WrongChecksum(Invalid):
    """The piece is not what was sent."""


def part_of(upload: Upload) -> Path:
    """Where the pieces are put together."""
    return blobs.scratch() / f"{upload.pk}.part"


def offset_of(upload: Upload) -> int:
    """How many bytes have come."""
    if upload.file_id:
        return upload.size
    try:
        return part_of(upload).stat().st_size
    except FileNotFoundError:
        return 0


def begin(actor, name: str, size: int) -> Upload:
    """Promise a file; raises Invalid, Conflict, Forbidden, OSError when it would not fit on the disk."""
    access.require(actor, permissions.ADD)
    name = check_promise(name, size, limits())
    if shutil.disk_usage(blobs.scratch()).free < size + LEFT_FREE:
        raise OSError(errno.ENOSPC, "no room for this file")
    now = timezone.now()
    with transaction.atomic():
        if Upload.objects.filter(member_id=actor.id, file_id=None, expires_at__gt=now).count() >= MOST_OPEN:
            raise Conflict(_("Too many files are on their way. Let some arrive first."))
        return Upload.objects.create(
            account_id=actor.account_id, member_id=actor.id, name=name, size=size, expires_at=now + LIFETIME
        )


def write(actor, upload: Upload, offset: int, source: BinaryIO, length: int, checksum: str = "") -> int:
    """Put a piece behind what has come; the new offset. The last one makes the file (`upload.file_id`).

    Raises WrongOffset, Busy, WrongChecksum, Invalid when the file is refused, which ends the upload, OSError.
    """
    access.require(actor, permissions.ADD)
    if upload.file_id:
        return _again(upload, offset, length)
    with _held(upload) as target:
        _check_place(upload, target, offset, length)
        _append(target, source, offset, length, checksum)
        if offset + length == upload.size:
            _finish(actor, upload)
    return offset + length


def expect(actor, upload: Upload, offset: int, length: int) -> Path | None:
    """Where a piece that is still to come is to be written; None when it came already.

    Raises as `write`.
    """
    access.require(actor, permissions.ADD)
    if upload.file_id:
        _again(upload, offset, length)
        return None
    with _held(upload) as target:
        _check_place(upload, target, offset, length)
    digesting.come(upload.pk, part_of(upload), offset)
    return part_of(upload)


def go_on(actor, upload: Upload, offset: int, length: int, received: int) -> int:
    """Go on with a piece that `expect` let in, of which so much is there; raises as `write`."""
    with _held(upload) as target:
        if os.fstat(target.fileno()).st_size != offset + received or received != length:
            raise WrongOffset(_("The piece is shorter than announced."))
        upload.refresh_from_db(fields=["file_id"])
        if offset + length == upload.size and not upload.file_id:
            _finish(actor, upload)
    return offset + length


def _again(upload: Upload, offset: int, length: int) -> int:
    """The last piece, sent again since its answer was lost."""
    if offset + length != upload.size:
        raise WrongOffset(_("This piece does not follow what has come."))
    return upload.size


@contextmanager
def _held(upload: Upload) -> Iterator[BinaryIO]:
    """The part, open for writing, and nobody else's meanwhile."""
    descriptor = os.open(part_of(upload), os.O_CREAT | os.O_RDWR, 0o600)
    with open(descriptor, "r+b", buffering=0) as target:
        try:
            fcntl.flock(target, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(_("Another piece of this file is being written.")) from None
        yield target


def _check_place(upload: Upload, target: BinaryIO, offset: int, length: int) -> None:
    upload.refresh_from_db(fields=["file_id"])
    if upload.file_id or offset != os.fstat(target.fileno()).st_size:
        raise WrongOffset(_("This piece does not follow what has come."))
    if offset + length > upload.size:
        raise Invalid({"Upload-Length": [_("This is more than was announced.")]})


def _append(target: BinaryIO, source: BinaryIO, offset: int, length: int, checksum: str) -> None:
    """Write a piece; one that differs from its checksum or breaks off is taken back."""
    expected = _expected(checksum)
    try:
        target.seek(offset)
        if expected:
            _copy_counted(source, target, length, *expected)
        else:
            _copy(source, target, length)
    except BaseException:
        target.truncate(offset)
        raise


def _expected(checksum: str) -> tuple[str, bytes] | None:
    if not checksum:
        return None
    name, _space, value = checksum.partition(" ")
    try:
        if name in CHECKSUMS:
            return name, base64.b64decode(value, validate=True)
    except binascii.Error:
        pass
    raise Invalid({"Upload-Checksum": [_("This value is not valid.")]})


def _copy_counted(source: BinaryIO, target: BinaryIO, length: int, name: str, expected: bytes) -> None:
    digest = hashlib.new(name, usedforsecurity=False)
    for block in _blocks(source, length):
        digest.update(block)
        _write(target, block)
    if not hmac.compare_digest(digest.digest(), expected):
        raise WrongChecksum({"Upload-Checksum": [_("The piece was damaged on its way.")]})


def _copy(source: BinaryIO, target: BinaryIO, length: int) -> None:
    """From file to file within the kernel where the piece lies on disk, else block by block."""
    try:
        place, inside = source.tell(), source.fileno()
    except (OSError, AttributeError):
        for block in _blocks(source, length):
            _write(target, block)
        return
    while length:
        sent = os.sendfile(target.fileno(), inside, place, length)
        if not sent:
            raise Invalid({"": [_("The piece is shorter than announced.")]})
        place, length = place + sent, length - sent


def _blocks(source: BinaryIO, length: int) -> Iterator[bytes]:
    while length:
        block = source.read(min(_BLOCK, length))
        if not block:
            raise Invalid({"": [_("The piece is shorter than announced.")]})
        length -= len(block)
        yield block


def _write(target: BinaryIO, block: bytes) -> None:
    view = memoryview(block)
    while view:
        view = view[target.write(view) :]


def _finish(actor, upload: Upload) -> None:
    try:
        upload.file_id = store(actor, part_of(upload), upload.name, upload=upload).pk
    except Invalid:
        cancel(actor, upload)
        raise


def cancel(actor, upload: Upload) -> None:
    """Forget an upload and what has come of it; a file that it became stays."""
    with transaction.atomic():
        Upload.objects.filter(pk=upload.pk).delete()
    part_of(upload).unlink(missing_ok=True)

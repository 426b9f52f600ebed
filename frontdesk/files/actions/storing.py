"""Taking a file in: its name, type, size and content are checked before there is one."""

import os
import secrets
from pathlib import Path

from django.db import transaction

from frontdesk.core.errors import Invalid
from frontdesk.core.jobs.queue import enqueue
from frontdesk.core.text import gettext as _

from .. import access, blobs, jobs, permissions
from ..limits import Limits, limits
from ..models import Kind, State, StoredFile, Upload
from ..names import clean_name, extension_of
from ..pictures import preparing
from ..sniffing import Mismatch, check
from ..types import type_of
from . import digesting

_BLOCK = 1024 * 1024


def check_promise(name: str, size: int, taken: Limits) -> str:
    """The cleaned name of a file of that size; raises Invalid when the account does not take it."""
    name = clean_name(name)
    extension = extension_of(name)
    if extension not in taken.extensions:
        raise Invalid({"file": [_refused_type(name, extension, taken)]})
    if size > taken.bytes:
        said = _("%(name)s is too large: at most %(megabytes)s MB.", name=name, megabytes=taken.megabytes)
        raise Invalid({"file": [said]})
    if size <= 0:
        raise Invalid({"file": [_("%(name)s is empty.", name=name)]})
    return name


def _refused_type(name: str, extension: str, taken: Limits) -> str:
    if not extension:
        return _("%(name)s has no extension. These are taken: %(listed)s.", name=name, listed=taken.listed)
    return _(
        "%(name)s: files of type %(extension)s are not taken. These are: %(listed)s.",
        name=name, extension=extension, listed=taken.listed,
    )  # fmt: skip


def _check_content(path: Path, name: str) -> None:
    extension = extension_of(name)
    try:
        check(path, extension)
    except Mismatch as found:
        said = (
            _("%(name)s is two kinds of files in one, which is not taken.", name=name)
            if found.hides
            else _("%(name)s does not hold what %(extension)s files hold.", name=name, extension=extension)
        )
        raise Invalid({"file": [said]}) from None


def receive(actor, upload) -> StoredFile:
    """Take a file of a form; raises Invalid, Forbidden, OSError when the disk is full."""
    access.require(actor, permissions.ADD)
    taken = limits()
    check_promise(upload.name, upload.size, taken)
    path = blobs.scratch() / f"form-{secrets.token_hex(16)}"
    try:
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            for chunk in upload.chunks(_BLOCK):
                file.write(chunk)
        return store(actor, path, upload.name)
    finally:
        path.unlink(missing_ok=True)


def store(actor, path: Path, name: str, upload: Upload | None = None) -> StoredFile:
    """Make the file at `path`, which is used up, a stored one that is its uploader's alone; `upload` brought it.

    Raises Invalid, Forbidden, OSError.
    """
    access.require(actor, permissions.ADD)
    size = path.stat().st_size
    name = check_promise(name, size, limits())
    _check_content(path, name)
    kind = type_of(extension_of(name))
    sha256 = digesting.digest(upload.pk, path, size) if upload else blobs.digest(path)
    key = blobs.new_key(actor.account_id)
    file = StoredFile(
        account_id=actor.account_id, name=name, size=size, content_type=kind.content_type, kind=kind.kind,
        sha256=sha256, blob=key, uploader_id=actor.id,
        state=State.CHECKING if kind.kind == Kind.IMAGE else State.READY,
    )  # fmt: skip
    blobs.keep(path, key)
    try:
        return _saved(file, upload)
    except BaseException:
        blobs.remove(key)
        raise


def _insert(file: StoredFile, upload: Upload | None) -> None:
    file.save(force_insert=True)
    if upload is not None:
        Upload.objects.filter(pk=upload.pk).update(file_id=file.pk)


def _saved(file: StoredFile, upload: Upload | None) -> StoredFile:
    """Save a new file; a picture is made anew at once where this process has a hand free, else by a job."""
    if file.kind not in preparing.KINDS:
        with transaction.atomic():
            _insert(file, upload)
        return file
    with preparing.hand() as free:
        with transaction.atomic():
            _insert(file, upload)
            enqueue(jobs.prepare, run_at=preparing.rescue_time() if free else None, blob=file.blob)
        if free:
            preparing.prepare(file.blob)
            file.refresh_from_db()
    return file

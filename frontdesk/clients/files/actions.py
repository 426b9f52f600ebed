"""Adding and deleting files of a client."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from frontdesk.core.errors import Invalid, Missing
from frontdesk.core.text import gettext as _
from frontdesk.files import access as stored
from frontdesk.files import actions as files
from frontdesk.files.models import StoredFile

from .. import access, permissions
from ..models import Client
from .place import KEY
from .removing import remove_files, tell

__all__ = ["add_files", "get_files", "remove_files"]


def get_files(actor, client: Client, ids: Iterable[UUID]) -> list[StoredFile]:
    """Files of a client that the actor has loaded; raises Missing unless all of them are its own."""
    found = stored.get_files(actor, ids)
    if any(file.place != KEY or file.place_id != client.pk for file in found):
        raise Missing("file")
    return found


def add_files(actor, client: Client, file_ids: Iterable[UUID]) -> list[StoredFile]:
    """Attach one's own uploads to a client; raises Invalid, Forbidden."""
    access.require(actor, permissions.FILE_ADD, client)
    ids = list(file_ids)
    if not ids:
        raise Invalid({"files": [_("Choose files first.")]})
    with transaction.atomic():
        added = files.attach(actor, ids, KEY, client.pk)
        tell(actor, "file.added", client, added)
    return added

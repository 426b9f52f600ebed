"""Deleting files of a client, so that it can be undone."""

from django.db import transaction

from frontdesk.activity.spine import record
from frontdesk.files import actions as files
from frontdesk.files.models import StoredFile
from frontdesk.undo.ledger import Ledger, begin
from frontdesk.undo.models import Change

from .. import access, permissions
from ..models import Client

REMOVED = "clients.files"


def tell(actor, verb: str, client: Client, found: list[StoredFile]) -> None:
    """Record what became of files of a client."""
    data = {"files": [str(file.pk) for file in found], "count": len(found)}
    record(actor, verb, subject_id=client.pk, client_id=client.pk, data=data)


def remove_files(actor, client: Client, found: list[StoredFile]) -> Change | None:
    """Delete files that `get_files` gave; raises Forbidden. The change it gives can be undone.

    None: all of them were refused or not yet checked, so that there is nothing to bring back.
    """
    access.require(actor, permissions.FILE_REMOVE, client)
    with transaction.atomic():
        tell(actor, "file.removed", client, found)
        change = begin(actor, REMOVED, total=1, data={"count": len(found)})
        ledger = Ledger(change)
        # Without the client there is nowhere to bring them back to.
        ledger.updated(client.pk, Client, client.pk, {}, {})
        count = files.take_away(ledger, client.pk, found)
        if not count:
            change.delete()
            return None
        change.data = {"count": count}
        change.save(update_fields=["data"])
        ledger.close()
    return change

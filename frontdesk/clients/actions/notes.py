"""Notes that the team writes about a client."""

from django.db import transaction
from django.utils import timezone

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors

from .. import access, permissions
from ..models import Client, Note

LONGEST = 20_000


def _checked(body: str) -> str:
    errors = Errors()
    cleaned = errors.block("body", body, LONGEST, required=True)
    errors.raise_any()
    return cleaned


def add_note(actor, client: Client, body: str) -> Note:
    """Write a note about a client; raises Invalid, Forbidden."""
    access.require(actor, permissions.NOTE)
    cleaned = _checked(body)
    with transaction.atomic():
        note = Note(account_id=actor.account_id, client=client, author_id=actor.id, body=cleaned)
        note.save(force_insert=True)
        record(actor, "note.added", subject_id=note.pk, client_id=client.pk)
    return note


def edit_note(actor, client: Client, note: Note, body: str) -> Note:
    """Change a note that `access.get_note` gave; raises Invalid."""
    access.require(actor, permissions.NOTE)
    note.body, note.edited_at = _checked(body), timezone.now()
    with transaction.atomic():
        note.save(update_fields=["body", "edited_at"])
        record(actor, "note.changed", subject_id=note.pk, client_id=client.pk)
    return note


def delete_note(actor, client: Client, note: Note) -> None:
    """Delete a note that `access.get_note` gave."""
    access.require(actor, permissions.NOTE)
    note_id = note.pk
    with transaction.atomic():
        note.delete()
        record(actor, "note.deleted", subject_id=note_id, client_id=client.pk)

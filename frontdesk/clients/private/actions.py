"""Writing private notes, and reading them: for admins and staff only."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from frontdesk.accounts.models import Member
from frontdesk.activity.spine import record
from frontdesk.core import paging
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Missing
from frontdesk.core.text import gettext as _

from .. import access, permissions
from ..models import Client, Contact
from .models import PrivateNote

LONGEST = 20_000


def notes_about(
    actor, *, client: Client | None = None, member: Member | None = None, after: str = "", limit: int = paging.LIMIT
) -> paging.Page:
    """A page of the private notes about a client with its contacts, or about a member, newest first."""
    access.require(actor, permissions.PRIVATE_SEE)
    found = PrivateNote.objects.filter(client_id=client.pk) if client else PrivateNote.objects.filter(member=member)
    return paging.page(found.select_related("contact", "author"), ["-id"], after=after, limit=limit)


def get_note(actor, note_id: UUID) -> PrivateNote:
    """One of them; raises Missing, Forbidden."""
    access.require(actor, permissions.PRIVATE_WRITE)
    found = PrivateNote.objects.select_related("contact", "author").filter(pk=note_id).first()
    if found is None:
        raise Missing("private_note")
    return found


def _checked(body: str) -> str:
    errors = Errors()
    cleaned = errors.block("body", body, LONGEST, required=True)
    errors.raise_any()
    return cleaned


def _contact_of(client: Client, contact_id: UUID | None) -> Contact | None:
    if contact_id is None:
        return None
    found = Contact.objects.filter(client_id=client.pk, pk=contact_id).first()
    if found is None:
        errors = Errors()
        errors.add("contact_id", _("Choose one of the list."))
        errors.raise_any()
    return found


def _record(actor, verb: str, note: PrivateNote) -> None:
    """Only that it happened: the timeline of a client is read by its co-workers too, so it is left out there."""
    record(actor, verb, subject_id=note.pk)


def add_note(
    actor, body: str, *, client: Client | None = None, contact_id: UUID | None = None, member: Member | None = None
) -> PrivateNote:
    """Note something about a client (or one of its contacts) or a member; raises Invalid, Forbidden."""
    access.require(actor, permissions.PRIVATE_WRITE)
    cleaned = _checked(body)
    contact = _contact_of(client, contact_id) if client else None
    with transaction.atomic():
        note = PrivateNote.objects.create(
            account_id=actor.account_id, client=client, contact=contact, member=member, author_id=actor.id, body=cleaned
        )
        _record(actor, "private_note.added", note)
    return note


def edit_note(actor, note: PrivateNote, body: str) -> PrivateNote:
    """Change a note that `get_note` gave; raises Invalid, Forbidden."""
    access.require(actor, permissions.PRIVATE_WRITE)
    note.body, note.edited_at = _checked(body), timezone.now()
    with transaction.atomic():
        note.save(update_fields=["body", "edited_at"])
        _record(actor, "private_note.changed", note)
    return note


def delete_note(actor, note: PrivateNote) -> None:
    """Delete a note that `get_note` gave; raises Forbidden."""
    access.require(actor, permissions.PRIVATE_WRITE)
    with transaction.atomic():
        _record(actor, "private_note.deleted", note)
        note.delete()

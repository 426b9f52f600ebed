"""REST: private notes."""

from datetime import datetime
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from frontdesk.accounts.access import get_member
from frontdesk.core.rest.answers import answer, no_content
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Input, Paging, Schema

from .. import access, permissions
from . import actions
from .models import PrivateNote

router = Router(tags=["Private notes"])
CLIENT = "/clients/{uuid:client_id}/private-notes"
MEMBER = "/members/{uuid:member_id}/private-notes"
NOTE = "/private-notes/{uuid:private_note_id}"
SEE, WRITE = permissions.PRIVATE_SEE, permissions.PRIVATE_WRITE


class PrivateIn(Input):
    """A private note."""

    body: str = Field(max_length=40_000)


class AboutClientIn(PrivateIn):
    """A private note about a client, or one of its contacts."""

    contact_id: UUID | None = None


class PrivateOut(Schema):
    """A private note about a client, one of its contacts, or a member."""

    id: UUID
    client_id: UUID | None
    contact_id: UUID | None
    member_id: UUID | None
    author_id: UUID | None
    body: str
    created_at: datetime
    edited_at: datetime | None


class PrivateRows(Schema):
    """A page of them, newest first."""

    data: list[PrivateOut]
    next: str | None


def _out(note: PrivateNote) -> dict:
    return {name: getattr(note, name) for name in PrivateOut.model_fields}


def _rows(found) -> dict:
    return {"data": [_out(note) for note in found.rows], "next": found.after}


@operation(router, "GET", CLIENT, right=SEE, obj="client", answer=PrivateRows, summary="List private notes on a client")
def list_of_client(request, client_id: UUID, query: Query[Paging]):
    """What the office notes about a client and its contacts."""
    client = access.get_client(request.actor, client_id, SEE)
    return answer(_rows(actions.notes_about(request.actor, client=client, after=query.after, limit=query.limit)))


@operation(router, "POST", CLIENT, right=WRITE, obj="client", answer=PrivateOut, status=201, summary="Note on a client")
def add_to_client(request, client_id: UUID, body: AboutClientIn):
    """Note something about a client or one of its contacts."""
    client = access.get_client(request.actor, client_id, WRITE)
    return answer(_out(actions.add_note(request.actor, body.body, client=client, contact_id=body.contact_id)), 201)


@operation(router, "GET", MEMBER, right=SEE, obj="member", answer=PrivateRows, summary="List private notes on a member")
def list_of_member(request, member_id: UUID, query: Query[Paging]):
    """What the office notes about a member."""
    member = get_member(request.actor, member_id)
    return answer(_rows(actions.notes_about(request.actor, member=member, after=query.after, limit=query.limit)))


@operation(router, "POST", MEMBER, right=WRITE, obj="member", answer=PrivateOut, status=201, summary="Note on a member")
def add_to_member(request, member_id: UUID, body: PrivateIn):
    """Note something about a member."""
    member = get_member(request.actor, member_id)
    return answer(_out(actions.add_note(request.actor, body.body, member=member)), 201)


@operation(router, "PUT", NOTE, right=WRITE, obj="private_note", answer=PrivateOut, summary="Change a private note")
def change_note(request, private_note_id: UUID, body: PrivateIn):
    """Change a private note."""
    note = actions.get_note(request.actor, private_note_id)
    return answer(_out(actions.edit_note(request.actor, note, body.body)))


@operation(router, "DELETE", NOTE, right=WRITE, obj="private_note", status=204, summary="Delete a private note")
def delete_note(request, private_note_id: UUID):
    """Delete a private note."""
    actions.delete_note(request.actor, actions.get_note(request.actor, private_note_id))
    return no_content()

"""REST: contacts, addresses, notes and portal access of a client."""

from uuid import UUID

from ninja import Query, Router

from frontdesk.core import paging
from frontdesk.core.rest.answers import answer, answer_once, no_content
from frontdesk.core.rest.operation import operation
from frontdesk.core.rest.schemas import Paging

from .. import access, actions, permissions, queries
from ..models import Note
from . import schemas, shapes

router = Router(tags=["Clients"])
CLIENT = "/clients/{uuid:client_id}"
CONTACT = CLIENT + "/contacts/{uuid:contact_id}"
ADDRESS = CLIENT + "/addresses/{uuid:address_id}"
NOTE = CLIENT + "/notes/{uuid:note_id}"
EDIT, NOTES, INVITE = permissions.EDIT, permissions.NOTE, permissions.INVITE


@operation(
    router, "POST", CLIENT + "/contacts", right=EDIT, obj="client", answer=schemas.ContactOut, status=201,
    summary="Add a contact",
)  # fmt: skip
def add_contact(request, client_id: UUID, body: schemas.ContactIn):
    """Add a contact; the first one is primary."""
    client = access.get_client(request.actor, client_id, EDIT)
    made = actions.add_contact(request.actor, client, body.typed())
    return answer(shapes.contact(queries.loaded_contact(client, made.pk)), 201)


@operation(router, "PUT", CONTACT, right=EDIT, obj="contact", answer=schemas.ContactOut, summary="Change a contact")
def change_contact(request, client_id: UUID, contact_id: UUID, body: schemas.ContactIn):
    """Replace a contact's name, role, addresses and numbers."""
    client = access.get_client(request.actor, client_id, EDIT)
    contact = access.get_contact(request.actor, client, contact_id)
    actions.update_contact(request.actor, client, contact, body.typed())
    return answer(shapes.contact(queries.loaded_contact(client, contact_id)))


@operation(
    router, "POST", CONTACT + "/primary", right=EDIT, obj="contact", answer=schemas.ClientOut,
    summary="Make a contact primary",
)  # fmt: skip
def make_primary(request, client_id: UUID, contact_id: UUID):
    """Make a contact the one who gets invitation and invoices."""
    client = access.get_client(request.actor, client_id, EDIT)
    actions.make_primary(request.actor, client, access.get_contact(request.actor, client, contact_id))
    return answer(shapes.client(client))


@operation(router, "DELETE", CONTACT, right=EDIT, obj="contact", status=204, summary="Remove a contact")
def remove_contact(request, client_id: UUID, contact_id: UUID):
    """Remove a contact that is not primary."""
    client = access.get_client(request.actor, client_id, EDIT)
    actions.remove_contact(request.actor, client, access.get_contact(request.actor, client, contact_id))
    return no_content()


@operation(
    router, "POST", CLIENT + "/addresses", right=EDIT, obj="client", answer=schemas.AddressOut, status=201,
    summary="Add an address",
)  # fmt: skip
def add_address(request, client_id: UUID, body: schemas.AddressIn):
    """Add a postal address."""
    client = access.get_client(request.actor, client_id, EDIT)
    return answer(shapes.address(actions.add_address(request.actor, client, body.typed())), 201)


@operation(router, "PUT", ADDRESS, right=EDIT, obj="address", answer=schemas.AddressOut, summary="Change an address")
def change_address(request, client_id: UUID, address_id: UUID, body: schemas.AddressIn):
    """Replace a postal address."""
    client = access.get_client(request.actor, client_id, EDIT)
    return answer(shapes.address(actions.update_address(request.actor, client, address_id, body.typed())))


@operation(router, "DELETE", ADDRESS, right=EDIT, obj="address", status=204, summary="Remove an address")
def remove_address(request, client_id: UUID, address_id: UUID):
    """Remove a postal address."""
    actions.remove_address(request.actor, access.get_client(request.actor, client_id, EDIT), address_id)
    return no_content()


@operation(
    router, "GET", CLIENT + "/notes", right=permissions.VIEW, obj="client", answer=schemas.NoteRows,
    summary="List notes",
)  # fmt: skip
def list_notes(request, client_id: UUID, query: Query[Paging]):
    """Notes of the team about a client, newest first."""
    client = access.get_client(request.actor, client_id)
    found = paging.page(Note.objects.filter(client_id=client.pk), ["-id"], after=query.after, limit=query.limit)
    return answer({"data": [shapes.note(row) for row in found.rows], "next": found.after})


@operation(
    router, "POST", CLIENT + "/notes", right=NOTES, obj="client", answer=schemas.NoteOut, status=201,
    summary="Add a note",
)  # fmt: skip
def add_note(request, client_id: UUID, body: schemas.NoteIn):
    """Write a note; it shows on the timeline, for the team only."""
    client = access.get_client(request.actor, client_id, NOTES)
    return answer(shapes.note(actions.add_note(request.actor, client, body.body)), 201)


@operation(router, "PUT", NOTE, right=NOTES, obj="note", answer=schemas.NoteOut, summary="Change a note")
def change_note(request, client_id: UUID, note_id: UUID, body: schemas.NoteIn):
    """Change one's own note."""
    client = access.get_client(request.actor, client_id, NOTES)
    note = access.get_note(request.actor, client, note_id)
    return answer(shapes.note(actions.edit_note(request.actor, client, note, body.body)))


@operation(router, "DELETE", NOTE, right=NOTES, obj="note", status=204, summary="Delete a note")
def delete_note(request, client_id: UUID, note_id: UUID):
    """Delete one's own note."""
    client = access.get_client(request.actor, client_id, NOTES)
    actions.delete_note(request.actor, client, access.get_note(request.actor, client, note_id))
    return no_content()


@operation(
    router, "GET", CLIENT + "/portal", right=permissions.VIEW, obj="client", answer=list[schemas.AccessOut],
    summary="List who may sign in",
)  # fmt: skip
def list_accesses(request, client_id: UUID):
    """Everybody who may sign in for a client, with the state of their invitation."""
    return answer(shapes.accesses(access.get_client(request.actor, client_id)))


@operation(
    router, "POST", CLIENT + "/portal/invite", right=INVITE, obj="client", answer=list[schemas.AccessOut],
    summary="Invite the primary contact",
)  # fmt: skip
def invite(request, client_id: UUID):
    """Invite the primary contact to the portal by e-mail; 409 says why that is not possible."""
    client = access.get_client(request.actor, client_id, INVITE)
    actions.invite_client(request.actor, client)
    return answer(shapes.accesses(client))


@operation(
    router, "POST", CLIENT + "/portal/sign-in", right=INVITE, obj="client", answer=schemas.SignInOut,
    summary="Give a username and temporary password",
)  # fmt: skip
def sign_in(request, client_id: UUID, body: schemas.PortalSignInIn):
    """Let the primary contact sign in with a username; the temporary password is answered once."""
    client = access.get_client(request.actor, client_id, INVITE)
    temporary = actions.open_sign_in(request.actor, client, body.username)
    return answer_once({"username": body.username.lower(), "temporary_password": temporary})


@operation(
    router, "POST", CLIENT + "/portal/share", right=INVITE, obj="client", answer=list[schemas.AccessOut],
    summary="Let somebody sign in here too",
)  # fmt: skip
def share(request, client_id: UUID, body: schemas.ShareIn):
    """Let a person who signs in for another client, such as a parent, sign in for this one too."""
    client = access.get_client(request.actor, client_id, INVITE)
    actions.share_access(request.actor, client, body.login)
    return answer(shapes.accesses(client))


@operation(
    router, "POST", CLIENT + "/portal/{uuid:member_id}/resend", right=INVITE, obj="access",
    answer=list[schemas.AccessOut], summary="Send an invitation again",
)  # fmt: skip
def resend(request, client_id: UUID, member_id: UUID):
    """Send a pending invitation again, or a new one when it has expired."""
    client = access.get_client(request.actor, client_id, INVITE)
    actions.invite_again(request.actor, client, member_id)
    return answer(shapes.accesses(client))


@operation(
    router, "DELETE", CLIENT + "/portal/{uuid:member_id}", right=INVITE, obj="access", status=204,
    summary="Take access away",
)  # fmt: skip
def close_access(request, client_id: UUID, member_id: UUID):
    """Take a person's portal access to this client away, at once."""
    actions.close_access(request.actor, access.get_client(request.actor, client_id, INVITE), member_id)
    return no_content()

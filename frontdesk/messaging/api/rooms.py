"""REST: rooms and who is in them."""

from uuid import UUID

from ninja import Query

from frontdesk.clients import access as clients
from frontdesk.core.rest.answers import answer, no_content
from frontdesk.core.rest.operation import operation

from .. import access, actions, permissions, queries
from ..rooms import opening
from ..shapes import room_out
from . import router, schemas

ROOM = "/rooms/{uuid:thread_id}"


def _out(actor, thread_id: UUID) -> dict:
    thread, _standing = access.get_thread(actor, thread_id)
    return room_out(queries.row_of(actor, thread))


@operation(router, "GET", "/rooms", right=permissions.READ, answer=schemas.RoomRows, summary="List conversations")
def list_rooms(request, query: Query[schemas.RoomsQuery]):
    """The conversations in which you take part."""
    found = queries.rooms(request.actor, everything=query.all, after=query.after, limit=query.limit)
    return answer({"data": [room_out(row) for row in found.rows], "next": found.after})


@operation(
    router, "POST", "/rooms", right=permissions.ROOMS, answer=schemas.RoomOut, status=201, summary="Open a room"
)  # fmt: skip
def create_group(request, body: schemas.RoomIn):
    """With colleagues."""
    room = actions.create_group(request.actor, body.name, body.members)
    return answer(_out(request.actor, room.thread_id), 201)


@operation(
    router, "POST", "/members/{uuid:member_id}/room", right=permissions.WRITE, obj="addressee",
    answer=schemas.RoomOut, summary="Open the conversation with somebody",
)  # fmt: skip
def open_direct(request, member_id: UUID):
    """The direct conversation with a member, the same each time."""
    return answer(_out(request.actor, actions.open_direct(request.actor, member_id).thread_id))


@operation(
    router, "GET", "/clients/{uuid:client_id}/room", right=permissions.READ, obj="client_room", answer=schemas.RoomOut,
    summary="Get the room of a client",
)  # fmt: skip
def client_room(request, client_id: UUID):
    """Its own people, those who serve it, and admins talk there."""
    client = clients.get_client(request.actor, client_id)
    thread = opening.client_rooms([client.pk])[client.pk]
    return answer(_out(request.actor, thread.pk))


@operation(
    router, "GET", ROOM, right=permissions.READ, obj="thread", answer=schemas.RoomOut, summary="Get a conversation"
)
def get_room(request, thread_id: UUID):
    """One conversation."""
    return answer(_out(request.actor, thread_id))


@operation(
    router, "PATCH", ROOM, right=permissions.ROOMS, obj="thread", answer=schemas.RoomOut, summary="Rename a room"
)  # fmt: skip
def rename(request, thread_id: UUID, body: schemas.RoomName):
    """A room of colleagues in which you are."""
    room, _standing = access.get_room(request.actor, thread_id, permissions.ROOMS)
    actions.rename_room(request.actor, room, body.name)
    return answer(_out(request.actor, thread_id))


def _people(actor, thread_id: UUID) -> dict:
    thread, _standing = access.get_thread(actor, thread_id)
    marks = {one.member_id: one for one in queries.marks(thread)}
    return {
        "data": [
            {
                "id": one.pk, "name": one.name, "role": one.role,
                "read_number": marks[one.pk].number if one.pk in marks else 0,
                "read_at": marks[one.pk].read_at if one.pk in marks else None,
            }
            for one in queries.room_people(thread)
        ]
    }  # fmt: skip


@operation(
    router, "GET", ROOM + "/people", right=permissions.READ, obj="thread", answer=schemas.RoomPersonRows,
    summary="List who takes part",
)  # fmt: skip
def list_people(request, thread_id: UUID):
    """By name, with how far each has read."""
    return answer(_people(request.actor, thread_id))


@operation(
    router, "POST", ROOM + "/people", right=permissions.ROOMS, obj="thread", answer=schemas.RoomPersonRows,
    summary="Add people to a room",
)  # fmt: skip
def add_people(request, thread_id: UUID, body: schemas.RoomPeople):
    """Colleagues, into a room of colleagues in which you are."""
    room, _standing = access.get_room(request.actor, thread_id, permissions.ROOMS)
    actions.add_people(request.actor, room, body.members)
    return answer(_people(request.actor, thread_id))


@operation(
    router, "DELETE", ROOM + "/people/{uuid:member_id}", right=permissions.ROOMS, obj="room_member", status=204,
    summary="Take somebody out of a room",
)  # fmt: skip
def remove_person(request, thread_id: UUID, member_id: UUID):
    """Yourself, to leave it, or somebody else."""
    room, _standing = access.get_room(request.actor, thread_id, permissions.ROOMS)
    actions.remove_person(request.actor, room, member_id)
    return no_content()


@operation(
    router, "POST", ROOM + "/archive", right=permissions.ROOMS, obj="thread", status=204, summary="Archive a room"
)  # fmt: skip
def archive(request, thread_id: UUID):
    """It can still be read."""
    room, _standing = access.get_room(request.actor, thread_id, permissions.ROOMS)
    actions.archive_room(request.actor, room)
    return no_content()


@operation(
    router, "POST", ROOM + "/reopen", right=permissions.ROOMS, obj="thread", status=204, summary="Reopen a room"
)  # fmt: skip
def reopen(request, thread_id: UUID):
    """An archived one."""
    room, _standing = access.get_room(request.actor, thread_id, permissions.ROOMS)
    actions.reopen_room(request.actor, room)
    return no_content()


@operation(
    router, "POST", ROOM + "/read", right=permissions.READ, obj="thread", status=204, summary="Mark as read"
)  # fmt: skip
def mark_read(request, thread_id: UUID, body: schemas.MessagesReadIn):
    """Up to a message, or all of it."""
    thread = access.own_thread(request.actor, thread_id)
    actions.mark_read(request.actor, thread, body.number)
    return no_content()


@operation(
    router, "PUT", ROOM + "/draft", right=permissions.WRITE, obj="thread", status=204, summary="Keep a draft"
)  # fmt: skip
def keep_draft(request, thread_id: UUID, body: schemas.DraftIn):
    """What you have begun to write, for your other devices."""
    thread = access.writable(request.actor, thread_id)
    actions.save_draft(request.actor, thread, body.body, body.reply_to)
    return no_content()

"""Rooms, messages and what is waiting to be sent, for the access matrix.

The room of colleagues holds the admin, staff and the co-worker who serves the client; its message and the one that
waits are that co-worker's.
"""

from datetime import timedelta

from django.utils import timezone

from frontdesk.core.tenancy.context import account_context
from frontdesk.messaging import actions, permissions
from frontdesk.messaging.actions.posting import MessageInput
from frontdesk.messaging.rooms.opening import client_rooms

from ..cast import Cast
from .objects import VARIANTS, Variant, admin_of, client_of, kind, server_of
from .people import Persona

IN_ROOM = ("admin", "staff")


def _in_room(persona: Persona) -> str:
    return "ok" if persona.role in IN_ROOM or persona.serves else "404"


def _author(persona: Persona) -> str:
    if _in_room(persona) != "ok":
        return "404"
    return "ok" if persona.serves else "403"


def _takes_part(persona: Persona) -> str:
    """In a client's room: admins, who serves it, its own people; not staff, not who merely sees the client."""
    mine = persona.role == "admin" or persona.serves or (persona.role in ("client", "guest") and persona.sees)
    return "ok" if mine else "404"


def _room(cast: Cast):
    """The room, made once for a cast."""
    if "room" not in cast.__dict__:
        colleague = cast.people.get("sam")
        members = [server_of(cast).pk, *([colleague.pk] if colleague else [])]
        cast.__dict__["room"] = actions.create_group(admin_of(cast), "Planted room", members)
    return cast.__dict__["room"]


@kind("thread", _in_room)
def _thread(cast: Cast) -> dict:
    return {"thread_id": _room(cast).thread_id}


@kind("room_member", _in_room)
def _room_member(cast: Cast) -> dict:
    return {**_thread(cast), "member_id": server_of(cast).pk}


def _client_thread(cast: Cast) -> dict:
    with account_context(cast.account):
        return {"thread_id": client_rooms([cast.maria.pk])[cast.maria.pk].pk}


def _in_client_room(persona: Persona, right: str) -> str:
    """Whoever takes part finds that the people of such a room are not chosen."""
    found = _takes_part(persona)
    return "403" if found == "ok" and right == permissions.ROOMS else found


VARIANTS["thread"] = {"own, of a client": Variant(_client_thread, _in_client_room)}


@kind("message", _in_room)
def _message(cast: Cast) -> dict:
    said = actions.post(server_of(cast), _room(cast).thread, MessageInput("Planted message"))
    return {"message_id": said.pk}


@kind("own_message", _author)
def _own_message(cast: Cast) -> dict:
    return _message(cast)


@kind("scheduled", lambda persona: "ok" if persona.serves else "404")
def _scheduled(cast: Cast) -> dict:
    at = timezone.now() + timedelta(days=1)
    draft = actions.schedule(server_of(cast), _room(cast).thread, MessageInput("Planted for later"), at)
    return {"draft_id": draft.pk}


def _colleague(persona: Persona) -> str:
    """Everybody of the team but the addressee; in the second account that is who serves the client, who may write."""
    if not persona.home:
        return "404" if persona.role == "coworker" else "ok"
    return (
        "ok" if persona.role in ("admin", "staff", "coworker") and persona.name != "co-worker, not assigned" else "404"
    )


@kind("addressee", _colleague)
def _addressee(cast: Cast) -> dict:
    return {"member_id": (cast.people.get("cole") or server_of(cast)).pk}


@kind("client_room", _takes_part)
def _client_room(cast: Cast) -> dict:
    return {"client_id": client_of(cast).pk}

"""Rooms follow what happens to clients and people: each client has a room, and who comes later has nothing unread."""

from uuid import UUID

from frontdesk.activity.reactions import Happening, on

from .joining import begin_read
from .rooms.opening import open_client_rooms


@on("client.created", "client.imported")
def open_rooms(happened: list[Happening]) -> None:
    """Give new clients their rooms."""
    open_client_rooms([one.client_id for one in happened if one.client_id])


@on("client.assigned")
def begin_with_client(happened: list[Happening]) -> None:
    """Who serves a client from now on has nothing to catch up on in its room."""
    begin_read([(one.client_id, UUID(one.data["member"])) for one in happened if one.client_id])


@on("client_follow.chosen")
def begin_following(happened: list[Happening]) -> None:
    """Who follows the chat of a client from now on has nothing to catch up on in its room."""
    chosen = [one for one in happened if "chat" in one.data["follow"]]
    begin_read([(UUID(one.data["client"]), one.actor.id) for one in chosen])


@on("member.created", "member.registered", "member.activated")
def begin_with_company(happened: list[Happening]) -> None:
    """Who joins the team has nothing to catch up on in the company room."""
    begin_read([(None, one.subject_id) for one in happened if one.subject_id])

"""Rooms of the cast for tests."""

from frontdesk.messaging import access, actions
from frontdesk.messaging.actions.posting import MessageInput
from frontdesk.messaging.models import Message, Thread
from frontdesk.messaging.rooms.opening import client_rooms


def room_of(client) -> Thread:
    """The thread of a client's room."""
    return client_rooms([client.pk])[client.pk]


def say(actor, thread: Thread, body: str, **more) -> Message:
    """Post as a page would: through the door."""
    return actions.post(actor, access.writable(actor, thread.pk), MessageInput(body, **more))


def direct(actor, other) -> Thread:
    """The direct conversation of two people."""
    return actions.open_direct(actor, other.pk).thread

"""Who may see and write in which thread: the only place that decides, by asking the kind of the thread."""

import functools
import operator
from uuid import UUID

from django.db.models import Q, QuerySet

from frontdesk.accounts.models import Role
from frontdesk.core.errors import Forbidden, Missing
from frontdesk.core.tenancy.prepared import PreparedObjects

from . import permissions
from .kinds import Standing, thread_kinds
from .models import Draft, Message, Room, Thread
from .models.rooms import ROOM
from .rooms.belonging import in_portal, threads_in
from .rooms.belonging import open_clients as open_clients

BY_ID = PreparedObjects(Thread, {}, lambda thread_id: Thread.objects.filter(pk=thread_id))


def require(actor, right: str) -> None:
    """Raise Forbidden unless the actor holds the right."""
    if not actor.may(right):
        raise Forbidden(right)


def threads_of(actor) -> QuerySet[Thread]:
    """The threads in which the actor takes part, of every kind."""
    own = [Q(pk__in=kind.own(actor).values("pk")) for kind in thread_kinds]
    return Thread.objects.filter(functools.reduce(operator.or_, own, Q(pk__in=[])))


def listed(actor, open_to: list[UUID]) -> Q:
    """The rooms of a portal member to whom these clients are open, and what stands among them.

    A client's own room is there once something was said in it, or two places would wait for their first word.
    """
    beside = [kind.beside_rooms(actor, open_to) for kind in thread_kinds if kind.beside_rooms]
    rooms = Q(pk__in=threads_in(in_portal(actor, open_to)))
    if beside and actor.role == Role.CLIENT:
        rooms &= Q(last_number__gt=0) | Q(client=None)
    return functools.reduce(operator.or_, [rooms, *(Q(pk__in=found.values("pk")) for found in beside)])


def listed_threads(actor) -> QuerySet[Thread]:
    """The threads that the actor's list of rooms shows."""
    if not actor.is_portal:
        return thread_kinds[ROOM].own(actor)
    return Thread.objects.filter(listed(actor, open_clients(actor)))


def get_thread(actor, thread_id: UUID, right: str = permissions.READ) -> tuple[Thread, Standing]:
    """A thread and how the actor stands to it; raises Missing when they may not see it, Forbidden without `right`."""
    thread = next(iter(BY_ID(thread_id)), None)
    standing = thread_kinds[thread.kind].standing(actor, thread) if thread else None
    if thread is None or standing is None:
        raise Missing("thread")
    require(actor, right)
    return thread, standing


def writable(actor, thread_id: UUID, right: str = permissions.WRITE) -> Thread:
    """A thread in which the actor may write; raises Missing, Forbidden."""
    thread, standing = get_thread(actor, thread_id, right)
    if not standing.writes:
        raise Forbidden("thread")
    return thread


def own_thread(actor, thread_id: UUID, right: str = permissions.READ) -> Thread:
    """A thread in which the actor takes part, also one that is closed; raises Missing, Forbidden to who oversees it."""
    thread, standing = get_thread(actor, thread_id, right)
    if standing.oversees:
        raise Forbidden("thread")
    return thread


def get_message(actor, message_id: UUID, right: str = permissions.READ) -> tuple[Message, Thread, Standing]:
    """A message with its thread; raises Missing, Forbidden."""
    message = Message.objects.filter(pk=message_id).first()
    if message is None:
        raise Missing("message")
    thread, standing = get_thread(actor, message.thread_id, right)
    return message, thread, standing


def own_message(actor, message_id: UUID) -> tuple[Message, Thread]:
    """A message of the actor's own in a thread where they may still write; raises Missing, Forbidden."""
    message, thread, standing = get_message(actor, message_id, permissions.WRITE)
    if message.author_id != actor.id or not standing.writes:
        raise Forbidden("message")
    return message, thread


def room_of(thread: Thread) -> Room:
    """The room whose thread `get_thread` gave; raises Missing for threads of other kinds."""
    room = Room.objects.filter(thread_id=thread.pk).first()
    if room is None:
        raise Missing("room")
    room.thread = thread
    return room


def get_room(actor, thread_id: UUID, right: str = permissions.READ) -> tuple[Room, Standing]:
    """A room by its thread; raises Missing, Forbidden."""
    thread, standing = get_thread(actor, thread_id, right)
    return room_of(thread), standing


def own_scheduled(actor, draft_id: UUID) -> Draft:
    """A message of the actor's own that waits to be sent; raises Missing."""
    waiting = Draft.objects.filter(author_id=actor.id, send_at__isnull=False)
    found = waiting.select_related("thread").filter(pk=draft_id).first()
    if found is None:
        raise Missing("scheduled message")
    return found

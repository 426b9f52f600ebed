"""Rooms as a kind of thread: standing, people, names."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from frontdesk.accounts.models import Member, Role
from frontdesk.clients.following import queries as following
from frontdesk.clients.models import Assignment, Client, ClientAccess
from frontdesk.core.permissions import TEAM
from frontdesk.core.tenancy.prepared import PreparedObjects
from frontdesk.core.text import gettext as _

from .. import permissions
from ..kinds import Standing, ThreadKind, Title
from ..models import Room, RoomMember, Thread
from . import belonging
from .prepared import OF_THREAD, OF_THREADS, found, takes_part

DIRECT, CLIENT, COMPANY = Room.Kind.DIRECT, Room.Kind.CLIENT, Room.Kind.COMPANY


def _room(thread: Thread) -> Room:
    room = getattr(thread, "known_room", None)
    if room is None:
        (room,) = OF_THREAD(thread.pk)
        room.thread, thread.known_room = thread, room
    return room


def other_of(room: Room, actor) -> Member | None:
    """The other person of a direct conversation."""
    rows = RoomMember.objects.filter(room_id=room.pk).exclude(member_id=actor.id)
    row = rows.select_related("member").first()
    return row.member if row else None


def _why_not(actor, room: Room) -> str:
    """Why somebody who takes part may not write."""
    if room.former:
        return _("This room is closed: %(the_client)s was merged with another one.")
    if room.archived_at:
        return _("This room is archived.")
    if room.kind == DIRECT:
        other = other_of(room, actor)
        if other is None or not belonging.may_talk(actor, other):
            return _("You can no longer write to this person here.")
    return ""


def standing(actor, thread: Thread) -> Standing | None:
    """How somebody stands to a room; None when they may not know of it."""
    room = _room(thread)
    if takes_part(actor, room):
        return Standing(_why_not(actor, room))
    if actor.may(permissions.OVERSEE):
        return Standing(_("You read this room without taking part, so you cannot write here."), oversees=True)
    return None


def people(thread: Thread) -> QuerySet[Member]:
    """Who takes part."""
    return belonging.people_of(_room(thread))


def told(thread: Thread) -> Iterable[UUID]:
    """Whom news reaches: those who take part; of a client's room of the admins those who serve or follow the client.

    Where nobody of the team does either, all admins are told, so that no client writes to nobody.
    """
    taking_part = belonging.people_of(_room(thread))
    client = thread.client_id
    if client is None:
        return taking_part.values_list("pk", flat=True)
    served = Q(pk__in=Assignment.objects.filter(client_id=client).values("member_id"))
    own = Q(pk__in=ClientAccess.objects.filter(client_id=client).values("member_id"))
    follow = Q(role=Role.ADMIN, pk__in=following.followers(client, belonging.CHAT))
    found = dict(taking_part.filter(served | own | follow).values_list("pk", "role"))
    if not any(role in TEAM for role in found.values()):
        found |= dict(taking_part.filter(role=Role.ADMIN).values_list("pk", "role"))
    return list(found)


PARTNERS = PreparedObjects(
    RoomMember, {"member": Member},
    lambda ids: RoomMember.objects.filter(room_id__in=ids).order_by("member__sort_name"),
)  # fmt: skip


def _partners(actor, rooms: list[Room]) -> dict[UUID, list[Member]]:
    direct = [room.pk for room in rooms if room.kind == DIRECT]
    if not direct:
        return {}
    found: dict[UUID, list[Member]] = {}
    for row in PARTNERS(direct):
        if row.member_id != actor.id:
            found.setdefault(row.room_id, []).append(row.member)
    return found


def _clients(threads: list[Thread]) -> dict[UUID, str]:
    ids = [thread.client_id for thread in threads if thread.client_id]
    return dict(Client.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def _direct(others: list[Member]) -> Title:
    if len(others) == 1:
        other = others[0]
        return Title(other.name, str(other.pk), text=str(other.get_role_display()), member_id=other.pk)
    name = ", ".join(one.name for one in others) or _("Nobody")
    return Title(name, name, text=_("Direct messages"))


def _of_client(actor, name: str, key: str, former: bool) -> Title:
    """To the team a client's room is the client's; to its own people it is where all who work for them are."""
    if actor.is_portal:
        return Title(_("Team of %(business)s", business=actor.account.name), "", "users", name)
    return Title(name, key, text=_("Earlier room") if former else _("Room of %(the_client)s"))


def _rooms_of(threads: list[Thread]) -> list[Room]:
    """The rooms of threads, most of which were read with them."""
    known = [thread.known_room for thread in threads if hasattr(thread, "known_room")]
    missing = [thread.pk for thread in threads if not hasattr(thread, "known_room")]
    return known + OF_THREADS(missing)


def titles(actor, threads: list[Thread]) -> dict[UUID, Title]:
    """What rooms are called for somebody: a direct conversation after the other, a client's room after the client."""
    rooms = _rooms_of(threads)
    partners, clients = _partners(actor, rooms), _clients(threads)
    about = {thread.pk: thread.client_id for thread in threads}
    made = {}
    for room in rooms:
        if room.kind == DIRECT:
            made[room.thread_id] = _direct(partners.get(room.pk, []))
        elif room.kind == CLIENT:
            key = about[room.thread_id]
            made[room.thread_id] = _of_client(actor, clients.get(key, "") if key else "", str(key), room.former)
        elif room.kind == COMPANY:
            made[room.thread_id] = Title(actor.account.name, "", "building", _("Everyone in the team"))
        else:
            made[room.thread_id] = Title(room.name, "", "hash", _("Room"))
    return made


ROOMS = ThreadKind(belonging.KIND, belonging.threads_of, standing, people, told, titles, found, belonging.threads_of)

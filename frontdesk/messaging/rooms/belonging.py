"""Who takes part in which room: the one definition, by role, assignment, portal access and rows of `RoomMember`.

- company room: the team;
- room of a client or group: its own people, those who serve it, and admins (who are told of it when they follow it);
- group: those in it, who are of the team;
- direct: the two, as long as they may talk to each other. A client who may no longer still reads what was said.
Admins read every room (`access.py` has that recorded).
"""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from frontdesk.accounts.models import Member, MemberStatus, Role
from frontdesk.accounts.queries import not_switched_off
from frontdesk.clients import access as clients
from frontdesk.clients import options
from frontdesk.clients.following import queries as following
from frontdesk.clients.models import Assignment, Client, ClientAccess
from frontdesk.core import permissions as rights
from frontdesk.core.tenancy.context import current_account_id
from frontdesk.core.tenancy.prepared import Prepared

from .. import permissions
from ..models import Room, RoomMember, Thread
from ..models.rooms import ROOM

KIND, CHAT = ROOM, "chat"


def open_clients(actor) -> list[UUID]:
    """The clients of a portal member for whom messages are not withheld."""
    return [c.pk for c in clients.clients_for(actor) if not options.withheld(actor, c, permissions.READ)]


def _member_rooms(actor) -> QuerySet:
    return RoomMember.objects.filter(member_id=actor.id).values("room_id")


def _not_served(actor) -> Exists:
    """Direct rooms of a co-worker with a client whom they do not serve (any more)."""
    served = Assignment.objects.filter(member_id=actor.id).values("client_id")
    known = ClientAccess.objects.filter(client_id__in=served).values("member_id")
    strangers = RoomMember.objects.filter(room_id=OuterRef("pk"), member__role__in=rights.PORTAL)
    return Exists(strangers.exclude(member_id__in=known))


def in_portal(actor, open_to: list[UUID]) -> list[Q]:
    """The rooms of a portal member to whom these clients are open, as conditions of which one has to hold."""
    if not open_to:
        return []
    own = Q(kind=Room.Kind.CLIENT, thread__client_id__in=open_to)
    return [own] if actor.role == Role.GUEST else [own, Q(pk__in=_member_rooms(actor))]


def in_team(actor) -> list[Q]:
    """The rooms of a member of the team, as conditions of which one has to hold: each is served by an index."""
    assigned = Assignment.objects.filter(member_id=actor.id).values("client_id")
    found = [Q(kind=Room.Kind.COMPANY), Q(kind=Room.Kind.CLIENT, thread__client_id__in=assigned)]
    by_row = Q(pk__in=_member_rooms(actor))
    if actor.is_admin:
        followed = following.followed_ids(actor.id, CHAT)
        return [*found, by_row, Q(kind=Room.Kind.CLIENT, thread__client_id__in=followed)]
    return [*found, by_row & ~(Q(kind=Room.Kind.DIRECT) & Q(_not_served(actor)))]


def threads_in(conditions: list[Q]) -> QuerySet:
    """The ids of the threads of rooms for which one of the conditions holds, read condition by condition.

    Joined by OR they would have the database read every room there is.
    """
    found = [Room.objects.filter(condition).order_by().values_list("thread_id") for condition in conditions]
    return found[0].union(*found[1:]) if found else Room.objects.none().values_list("thread_id")


def _own(actor) -> list[Q]:
    return in_portal(actor, open_clients(actor)) if actor.is_portal else in_team(actor)


def threads_of(actor) -> QuerySet[Thread]:
    """The threads of the rooms in which the actor takes part.

    An admin takes part in all rooms of clients (`prepared.takes_part`); here are those of clients whom they serve or
    whose chat they follow, of which they are told.
    """
    return Thread.objects.filter(pk__in=threads_in(_own(actor)))


SERVES = Prepared(
    lambda member_id, client_id: Assignment.objects.filter(member_id=member_id, client_id=client_id).values_list("pk")
)


def serves(actor, client: Client) -> bool:
    """Whether a member of the team belongs in a client's room."""
    return actor.is_admin or (actor.id is not None and bool(SERVES(actor.id, client.pk)))


def may_talk(actor, other: Member) -> bool:
    """Whether two members may have a direct conversation: colleagues; a client with those who serve it and admins."""
    if actor.id == other.pk or other.status == MemberStatus.INACTIVE:
        return False
    if Role.GUEST in (actor.role, other.role) or (actor.is_portal and other.is_portal):
        return False
    if actor.is_team and other.is_team:
        return True
    team, portal = (actor, other) if actor.is_team else (other, actor)
    return team.is_admin or _serves(team, portal)


def _serves(team, portal) -> bool:
    served = Assignment.objects.filter(member_id=team.id).values("client_id")
    return ClientAccess.objects.filter(member_id=portal.id, client_id__in=served).exists()


def partners(actor) -> QuerySet[Member]:
    """Everybody with whom the actor may have a direct conversation, by name."""
    found = Member.objects.filter(account_id=current_account_id()).exclude(pk=actor.id)
    found = found.exclude(status=MemberStatus.INACTIVE).exclude(role=Role.GUEST)
    return found.filter(_partners_in_portal(actor) if actor.is_portal else _partners_in_team(actor))


def _partners_in_portal(actor) -> Q:
    open_to = open_clients(actor)
    if not open_to or actor.role == Role.GUEST:
        return Q(pk__in=[])
    serving = Assignment.objects.filter(client_id__in=open_to).values("member_id")
    return Q(role__in=rights.TEAM) & (Q(role=Role.ADMIN) | Q(pk__in=serving))


def _partners_in_team(actor) -> Q:
    team = Q(role__in=rights.TEAM)
    if actor.is_admin:
        return team | Q(role=Role.CLIENT)
    served = Assignment.objects.filter(member_id=actor.id).values("client_id")
    return team | Q(role=Role.CLIENT, pk__in=ClientAccess.objects.filter(client_id__in=served).values("member_id"))


def people_of(room: Room) -> QuerySet[Member]:
    """Who takes part in a room."""
    if room.kind == Room.Kind.COMPANY:
        return not_switched_off().filter(role__in=rights.TEAM)
    if room.kind != Room.Kind.CLIENT:
        return not_switched_off().filter(pk__in=RoomMember.objects.filter(room_id=room.pk).values("member_id"))
    client = room.thread.client_id
    serving = Assignment.objects.filter(client_id=client).values("member_id")
    own = ClientAccess.objects.filter(client_id=client).values("member_id")
    return not_switched_off().filter(Q(role=Role.ADMIN) | Q(role__in=rights.TEAM, pk__in=serving) | Q(pk__in=own))

"""What is asked of rooms on every page and with every message, by statements that are made once."""

import functools
import operator
from collections.abc import Callable
from typing import Generic, TypeVar

from django.db.models import Q, QuerySet

from frontdesk.accounts.models import Member, Role
from frontdesk.core.tenancy.prepared import Prepared, PreparedObjects

from ..models import Room
from . import belonging

Read = TypeVar("Read")
OF_THREAD = PreparedObjects(Room, {}, lambda thread_id: Room.objects.filter(thread_id=thread_id))


OF_THREADS = PreparedObjects(Room, {}, lambda ids: Room.objects.filter(thread_id__in=ids))
Own = Callable[..., list[Q]]


def _team(role: str) -> Own:
    return lambda member_id: belonging.in_team(Member(id=member_id, role=role))


def _portal(role: str) -> Own:
    return lambda member_id, client_ids: belonging.in_portal(Member(id=member_id, role=role), client_ids)


class ByRole(Generic[Read]):
    """A read for each role: `make` gets a function from the read's values to the conditions on rooms that are theirs.

    The values of the team are their id, those of portal people their id and the clients that are open to them.
    """

    def __init__(self, make: Callable[[Own], Read]):
        self.team = {role: make(_team(role)) for role in (Role.ADMIN, Role.STAFF, Role.COWORKER)}
        self.portal = {role: make(_portal(role)) for role in (Role.CLIENT, Role.GUEST)}

    def of(self, actor) -> tuple[Read, tuple] | None:
        """The read for the actor, and the values it takes; None when nothing can be theirs."""
        if actor.id is None:
            return None
        if not actor.is_portal:
            return self.team[actor.role], (actor.id,)
        open_to = belonging.open_clients(actor)
        return (self.portal[actor.role], (actor.id, open_to)) if open_to else None


def _own_room(own: Own, *values) -> QuerySet:
    """A room, named by the last of the values, if it is one of theirs."""
    mine = functools.reduce(operator.or_, own(*values[:-1]))
    return Room.objects.filter(mine, pk=values[-1]).values_list("pk")


def _threads(own: Own) -> Prepared:
    return Prepared(lambda *values: belonging.threads_in(own(*values)))


FOUND = ByRole(_threads)


def found(actor) -> tuple[str, list] | None:
    """The condition on `m.thread_id` that it is one of the actor's rooms."""
    read = FOUND.of(actor)
    if read is None:
        return None
    sql, params = read[0].part(*read[1])
    return f"m.thread_id IN ({sql})", params


TAKES_PART = ByRole(lambda own: Prepared(lambda *values: _own_room(own, *values)))


def takes_part(actor, room: Room) -> bool:
    """Whether the actor belongs in a room."""
    if room.kind == Room.Kind.CLIENT and actor.is_admin:
        return True
    read = TAKES_PART.of(actor)
    return read is not None and bool(read[0](*read[1], room.pk))

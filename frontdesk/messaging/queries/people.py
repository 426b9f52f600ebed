"""Who takes part, to whom one may write, who has read how far, and who looked in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdesk.accounts.models import Member
from frontdesk.activity.models import Activity
from frontdesk.clients.access import clients_for
from frontdesk.clients.models import Client
from frontdesk.core.fold import fold
from frontdesk.core.permissions import TEAM
from frontdesk.core.tenancy.prepared import Prepared

from ..kinds import thread_kinds
from ..models import ReadMark, Thread
from ..rooms import belonging
from .inbox import title_of

MOST = 50
MOST_SHOWN = 500


@dataclass(frozen=True)
class Reader:
    """Somebody else in a thread, who has read up to the message `number`."""

    member_id: UUID
    name: str
    number: int
    at: datetime
    role: str

    @property
    def side(self) -> str:
        """On which side of a conversation they are."""
        return "team" if self.role in TEAM else "client"


@dataclass(frozen=True)
class Look:
    """Somebody who takes no part read a room."""

    name: str
    at: datetime


def room_people(thread: Thread, limit: int = MOST_SHOWN) -> list[Member]:
    """Those who take part in a thread, by name."""
    return list(thread_kinds[thread.kind].people(thread).order_by("sort_name", "pk")[:limit])


def addressees(actor, words: str = "", limit: int = MOST) -> list[Member]:
    """With whom the actor may begin a direct conversation, whose name contains the words."""
    found = belonging.partners(actor)
    for word in fold(words).split()[:5]:
        found = found.filter(sort_name__contains=word)
    return list(found.order_by("sort_name", "pk")[:limit])


def colleagues(actor, limit: int = MOST_SHOWN) -> list[Member]:
    """The actor's active colleagues, by name."""
    found = belonging.partners(actor).filter(role__in=TEAM)
    return list(found.order_by("sort_name", "pk")[:limit])


def own_clients(actor) -> list[Client]:
    """The clients that a portal member sees."""
    return list(clients_for(actor)[:MOST])


READERS = Prepared(
    lambda thread_id: (
        ReadMark.objects.filter(thread_id=thread_id, number__gt=0)
        .order_by("member__sort_name")
        .values_list("member_id", "member__name", "number", "read_at", "member__role")[:MOST_SHOWN]
    )
)


def read_by(actor, thread: Thread) -> list[Reader]:
    """How far the others have read."""
    return [Reader(*row) for row in READERS(thread.pk) if row[0] != actor.id]


def marks(thread: Thread) -> list[ReadMark]:
    """How far everybody has read."""
    return list(ReadMark.objects.filter(thread_id=thread.pk)[:MOST_SHOWN])


def looks(thread: Thread, limit: int = 20) -> list[Look]:
    """The last looks into a room by those who take no part, newest first."""
    found = Activity.objects.filter(client_id=thread.client_id, subject_id=thread.pk, verb="room.overseen").order_by(
        "-id"
    )
    return [Look(*row) for row in found.values_list("actor__name", "at")[:limit]]


def surroundings(actor, thread: Thread) -> dict:
    """What stands above a thread: what it is called, its client if the actor may open that page, the last look."""
    client = Client.objects.filter(pk=thread.client_id).first() if thread.client_id and actor.is_team else None
    seen = looks(thread, 1)
    return {"heading": title_of(actor, thread), "about_client": client, "look": seen[0] if seen else None}

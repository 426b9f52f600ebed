"""How much is new to somebody: asked on every page."""

from uuid import UUID

from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from frontdesk.core.tenancy.prepared import Prepared, number_of

from .. import access
from ..models import ReadMark, Thread
from ..rooms.belonging import open_clients, threads_in
from ..rooms.prepared import ByRole

TOTAL = "SELECT COALESCE(SUM(last_number - mark), 0) FROM ({}) unread"


def _unread(threads: Q, member_id: UUID) -> QuerySet:
    """Newest number and read number of those of the threads that have something new."""
    mark = ReadMark.objects.filter(member_id=member_id, thread_id=OuterRef("pk")).values("number")
    found = Thread.objects.filter(threads, last_number__gt=0).annotate(mark=Coalesce(Subquery(mark), 0))
    return found.filter(last_number__gt=F("mark")).order_by().values_list("last_number", "mark")


UNREAD = ByRole(
    lambda own: Prepared(lambda member_id, *more: _unread(Q(pk__in=threads_in(own(member_id, *more))), member_id))
)


def _in_portal(actor) -> tuple[str, list] | None:
    """As `unread_part`, of a portal member, whose rooms stand beside other kinds of threads."""
    open_to = open_clients(actor)
    if not open_to:
        return None
    found = _unread(access.listed(actor, open_to), actor.id)
    sql, params = found.query.get_compiler(connection=connection).as_sql()
    return TOTAL.format(sql), list(params)


def unread_part(actor) -> tuple[str, list] | None:
    """A statement for how many messages the actor has not read in what their list of rooms shows; None for nothing."""
    if actor.is_portal:
        return _in_portal(actor)
    read = UNREAD.of(actor)
    if read is None:
        return None
    sql, params = read[0].part(*read[1])
    return TOTAL.format(sql), params


def unread_total(actor) -> int:
    """How many messages the actor has not read in what their list of rooms shows."""
    return number_of(unread_part(actor))

"""Who sees a client, what a person sees, and why: in words, now or at another time.

The rules are those of `grants.py`, which `access.py` applies; here they are asked of people as they were.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from frontdesk.accounts.models import Member, MemberStatus, Role
from frontdesk.accounts.past import members_at
from frontdesk.accounts.queries import members_by_id
from frontdesk.accounts.seen import Reason, Sight, cannot_sign_in, on, role_reason
from frontdesk.activity.queries import first_since
from frontdesk.core import permissions as rights
from frontdesk.core.text import gettext as _

from . import grants, permissions
from .models import Assignment, Client, ClientAccess, PastGrant


@dataclass(frozen=True)
class Row:
    """An assignment or portal access, whether it holds or has ended."""

    client_id: UUID
    member_id: UUID
    assigned: bool
    since: datetime
    granted_by: UUID | None
    until: datetime | None = None


def _rows(narrowed: Q, at: datetime | None) -> list[Row]:
    """The grants that hold, or that held at a moment."""
    assigned, opened = Assignment.objects.filter(narrowed), ClientAccess.objects.filter(narrowed)
    if at is not None:
        assigned, opened = assigned.filter(assigned_at__lte=at), opened.filter(granted_at__lte=at)
    team = assigned.values_list("client_id", "member_id", "assigned_at", "assigned_by_id")
    portal = opened.values_list("client_id", "member_id", "granted_at", "granted_by_id")
    rows = [Row(client, member, True, since, by) for client, member, since, by in team]
    rows += [Row(client, member, False, since, by) for client, member, since, by in portal]
    return rows if at is None else rows + _ended(narrowed, at)


def _ended(narrowed: Q, at: datetime) -> list[Row]:
    past = PastGrant.objects.filter(narrowed, granted_at__lte=at, ended_at__gt=at)
    fields = ("client_id", "member_id", "kind", "granted_at", "granted_by_id", "ended_at")
    return [
        Row(client_id, member_id, kind == PastGrant.Kind.ASSIGNMENT, since, by, until)
        for client_id, member_id, kind, since, by, until in past.values_list(*fields)
    ]


def _lent_reason(member: Member) -> Reason:
    own = any(member.options.get(option.key) for option in rights.lenders(permissions.VIEW_ALL))
    if own:
        return Reason("capability", _("They were allowed to see all %(clients)s."))
    return Reason("capability", _("All %(coworkers)s may see all %(clients)s."))


def _sees_all_reason(member: Member) -> Reason:
    if member.role in rights.permission(permissions.VIEW_ALL).roles:
        return role_reason(member, lambda: _("all %(clients)s"))
    return _lent_reason(member)


def _sentence(member: Member, row: Row, who: str) -> str:
    given = {"date": on(row.since), "who": who}
    if row.assigned:
        return _("Assigned by %(who)s on %(date)s.", **given) if who else _("Assigned on %(date)s.", **given)
    if member.role == Role.GUEST:
        return _("Guest, let in by %(who)s on %(date)s.", **given) if who else _("Guest since %(date)s.", **given)
    if who:
        return _("Signs in for %(the_client)s; %(who)s gave access on %(date)s.", **given)
    return _("Signs in for %(the_client)s since %(date)s.", **given)


def _row_reason(member: Member, row: Row, names: dict[UUID, str]) -> Reason:
    words = _sentence(member, row, names.get(row.granted_by, "") if row.granted_by else "")
    if row.until:
        words += " " + _("It ended on %(date)s.", date=on(row.until))
    by = "assignment" if row.assigned else "guest" if member.role == Role.GUEST else "access"
    return Reason(by, words, row.since, row.granted_by, row.until)


def _reasons(member: Member, rows: Iterable[Row], names: dict[UUID, str]) -> list[Reason]:
    """Every grant by which a member sees a client: the rules of `grants.py`, asked one by one."""
    found = [_sees_all_reason(member)] if grants.sees_all(member) else []
    counted = grants.rows_of(member) is Assignment
    return found + [_row_reason(member, row, names) for row in rows if row.assigned == counted]


def _status_at(client: Client, at: datetime | None) -> str:
    changed = first_since(client.pk, "client.status", at) if at else None
    return changed["from"] if changed else client.status


def _hindrance(member: Member, status: str, at: datetime | None) -> str:
    if status in grants.closed_to(member):
        return _("Does not see it while %(the_client)s is inactive.")
    return cannot_sign_in(member, at)


def _names(rows: Iterable[Row]) -> dict[UUID, str]:
    wanted = {row.granted_by for row in rows if row.granted_by}
    return {key: member.name for key, member in members_by_id(wanted).items()} if wanted else {}


def who_sees_client(actor, client: Client, at: datetime | None = None) -> list[Sight]:
    """Everybody who can see a client, and why, by name; `client` is one that the actor has loaded."""
    if at is not None and client.created_at > at:
        return []
    rows = defaultdict(list)
    for row in _rows(Q(client_id=client.pk), at):
        rows[row.member_id].append(row)
    everybody = Q(role__in=rights.TEAM) | Q(pk__in=list(rows))
    people = Member.objects.filter(everybody, account_id=actor.account_id).select_related("user")
    names, status = _names(row for held in rows.values() for row in held), _status_at(client, at)
    found = []
    for member in members_at(actor.account, people, at):
        reasons = _reasons(member, rows[member.pk], names)
        if reasons and (rows[member.pk] or member.status != MemberStatus.INACTIVE):
            found.append(Sight(member, reasons, _hindrance(member, status, at)))
    return sorted(found, key=lambda sight: (sight.member.sort_name, sight.member.pk))


@dataclass(frozen=True)
class Seen:
    """A client that a person sees by a grant of their own, and why."""

    client: Client
    reasons: list[Reason]
    hindrance: str


@dataclass(frozen=True)
class View:
    """What a person sees: `everything` is why they see all clients, None when they do not."""

    member: Member
    everything: Reason | None
    hindrance: str
    clients: list[Seen]


MOST_SHOWN = 200


def what_they_see(actor, member: Member, at: datetime | None = None) -> View | None:
    """Which clients a person sees by which grant; None for a moment before they were there.

    Of grants to single clients the first 200 by name; the list of clients, filtered by the person, shows them all.
    """
    then = next(iter(members_at(actor.account, [member], at)), None)
    if then is None:
        return None
    counted = grants.rows_of(then) is Assignment
    rows = [row for row in _rows(Q(member_id=member.pk), at) if row.assigned == counted]
    clients = Client.objects.filter(pk__in=[row.client_id for row in rows]).order_by("sort_key", "id")[:MOST_SHOWN]
    names, by_client = _names(rows), {row.client_id: row for row in rows}
    seen = []
    for one in clients:
        status = _status_at(one, at) if grants.closed_to(then) else ""
        seen.append(Seen(one, [_row_reason(then, by_client[one.pk], names)], _hindrance(then, status, at)))
    everything = _sees_all_reason(then) if grants.sees_all(then) else None
    return View(then, everything, cannot_sign_in(then, at), seen)

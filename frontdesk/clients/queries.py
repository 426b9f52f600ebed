"""Reads for pages, API and portal: a fixed number of queries each, whatever the number of rows."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from frontdesk.accounts.models import Invitation, Member, Role
from frontdesk.accounts.queries import Person, invitation_states
from frontdesk.activity.models import Activity
from frontdesk.activity.queries import FIELDS, Row, entry_of, ready, telling
from frontdesk.core.errors import Missing
from frontdesk.core.tenancy.prepared import Prepared, PreparedObjects

from . import access
from .listing import NOBODY, ROW, SORTS, ClientPage, Filters, list_clients, matching, narrow, tags_of, team_of
from .models import (
    Address,
    Assignment,
    Availability,
    Client,
    ClientAccess,
    Contact,
    ContactPoint,
    Status,
    Tag,
    Tally,
)

__all__ = [
    "NOBODY",
    "ROW",
    "SORTS",
    "ClientPage",
    "Filters",
    "list_clients",
    "matching",
    "narrow",
    "tags_of",
    "team_of",
]

MOST_SHARING = 50
TALLIES = Prepared(lambda: Tally.objects.values_list("status", "count"))
ALL_TAGS = PreparedObjects(Tag, {}, lambda: Tag.objects.order_by("key"))
CONTACTS = PreparedObjects(
    Contact, {}, lambda client_id: Contact.objects.filter(client_id=client_id).order_by("-is_primary", "id")
)
POINTS = PreparedObjects(
    ContactPoint, {}, lambda client_id: ContactPoint.objects.filter(contact__client_id=client_id).order_by("id")
)
ADDRESSES = PreparedObjects(Address, {}, lambda client_id: Address.objects.filter(client_id=client_id).order_by("id"))

SERVING_NOW = Prepared(
    lambda client_id: (
        Assignment.objects.filter(client_id=client_id)
        .order_by("member__sort_name")
        .values_list("member_id", *(f"member__{name}" for name in ("name", "role", "away_from", "away_until")))
    )
)


def status_counts(actor) -> dict[str, int]:
    """How many clients of each status the actor sees, and `all`; office reads kept figures, others count their own."""
    counts = dict.fromkeys(Status.values, 0)
    if access.visible_client_ids(actor) is None:
        counts |= dict(TALLIES())
    else:
        for status in access.clients_for(actor).values_list("status", flat=True):
            counts[status] += 1
    return {"all": sum(counts.values()), **counts}


def all_tags() -> list[Tag]:
    """The account's tags, by name."""
    return ALL_TAGS()


def contacts_of(client: Client) -> list[Contact]:
    """The contacts, the primary first, each with `.emails` and `.phones` (lists of ContactPoint) and `.address`."""
    contacts = CONTACTS(client.pk)
    points = defaultdict(list)
    for point in POINTS(client.pk):
        points[point.contact_id, point.kind].append(point)
    for contact in contacts:
        contact.emails, contact.phones = points[contact.pk, "email"], points[contact.pk, "phone"]
    return contacts


def with_addresses(client: Client, contacts: list[Contact]) -> list[Address]:
    """The client's own addresses; those of its contacts are set on them as `.address`."""
    own, of_contacts = [], {}
    for address in ADDRESSES(client.pk):
        if address.contact_id:
            of_contacts[address.contact_id] = address
        else:
            own.append(address)
    for contact in contacts:
        contact.address = of_contacts.get(contact.pk)
    return own


def loaded_contact(client: Client, contact_id) -> Contact:
    """A contact with its addresses and numbers; raises Missing."""
    found = contacts_of(client)
    with_addresses(client, found)
    for contact in found:
        if contact.pk == contact_id:
            return contact
    raise Missing("contact")


def accesses_of(client: Client) -> list[ClientAccess]:
    """Who may sign in for the client, guests aside, with member and user."""
    rows = ClientAccess.objects.filter(client_id=client.pk).exclude(member__role=Role.GUEST)
    rows = rows.select_related("member__user")
    return list(rows.order_by("granted_at", "id"))


@dataclass(frozen=True)
class Guest:
    """A guest of a client with the latest invitation, where one was sent."""

    member: Member
    since: datetime
    invitation: Invitation | None

    @property
    def state(self) -> str:
        """`active`, `inactive`, `pending` (invited), `expired` (invitation) or `none` (no sign-in at all)."""
        return Person(self.member, self.invitation).state


def guests_of(actor, client: Client) -> list[Guest]:
    """The guests of a client that the actor has loaded, the first invited first."""
    rows = list(access.guests_of(actor, client).order_by("granted_at", "id"))
    sent = invitation_states([row.member_id for row in rows])
    return [Guest(row.member, row.granted_at, sent.get(row.member_id)) for row in rows]


def availability_of(client: Client) -> list[list[Availability]]:
    """Seven lists of intervals, Monday first."""
    week: list[list[Availability]] = [[] for _day in range(7)]
    for row in Availability.objects.filter(client_id=client.pk).order_by("weekday", "starts"):
        week[row.weekday].append(row)
    return week


def serving(client: Client) -> list[Member]:
    """The active members of the team who serve the client, with their contact details."""
    ids = Assignment.objects.filter(client_id=client.pk).values_list("member_id", flat=True)
    found = Member.objects.filter(account_id=client.account_id, pk__in=list(ids)).exclude(status="inactive")
    return list(found.order_by("sort_name", "id"))


def serving_now(client: Client) -> list[dict]:
    """As `team_of`, of one client, with the times of those who are away."""
    names = ("id", "name", "role", "away_from", "away_until")
    return [dict(zip(names, row, strict=True)) for row in SERVING_NOW(client.pk)]


def recent_activity(actor, limit: int = 8) -> list[tuple[Row, str]]:
    """What happened last around clients that the actor sees: rows of the spine with the client's name."""
    found = Activity.objects.exclude(client_id=None)
    visible = access.visible_client_ids(actor)
    if visible is not None:
        found = found.filter(client_id__in=visible)
    # One act may leave several rows.
    entries = telling([entry_of(row) for row in found.order_by("-id").values(*FIELDS)[: limit * 4]])[:limit]
    ids = {entry.client_id for entry in entries}
    names = dict(Client.objects.filter(id__in=ids).values_list("id", "name"))
    return [(row, names[row.entry.client_id]) for row in ready(entries, boxes=False) if row.entry.client_id in names]


@dataclass(frozen=True)
class Duplicate:
    """A client that shares an e-mail address or phone number with what is being typed."""

    id: UUID
    name: str
    value: str


def _sharing(normals: list[str], **limits) -> QuerySet:
    points = ContactPoint.objects.filter(normal__in=normals, **limits)
    return points.values_list("contact__client_id", "contact__client__name", "value").distinct()[:MOST_SHARING]


SHARING = Prepared(_sharing)


def possible_duplicates(actor, normals: list[str], besides: UUID | None = None, limit: int = 5) -> list[Duplicate]:
    """Clients that the actor sees and that share one of these e-mail addresses or numbers (in normal form)."""
    wanted = [normal for normal in normals if normal]
    if not wanted:
        return []
    visible = access.visible_client_ids(actor)
    rows = SHARING(wanted) if visible is None else _sharing(wanted, contact__client_id__in=visible)
    once = {row[0]: Duplicate(*row) for row in rows if row[0] != besides}
    return list(once.values())[:limit]

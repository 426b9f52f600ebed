"""Reads for pages, API and portal: a fixed number of queries each, whatever the number of rows."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from frontdesk.accounts.models import Member
from frontdesk.activity.models import Activity
from frontdesk.activity.queries import FIELDS, Row, entry_of, ready
from frontdesk.core import paging
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Invalid, Missing
from frontdesk.core.tenancy.prepared import Prepared, PreparedObjects
from frontdesk.core.text import gettext as _
from frontdesk.search.queries import CANDIDATES, matching_ids

from . import access, summary
from .custom.models import FieldKind
from .custom.values import clean_values, fields_in_use
from .models import (
    Address,
    Assignment,
    Availability,
    Client,
    ClientAccess,
    ClientTag,
    Contact,
    ContactPoint,
    Status,
    Tag,
    Tally,
)

SORTS = {
    "name": ["sort_key", "id"],
    "-name": ["-sort_key", "-id"],
    "newest": ["-id"],
    "oldest": ["id"],
    "changed": ["-updated_at", "-id"],
}
ROW = (
    "id", "kind", "status", "name", "sort_key", "reference", "email", "phone", "has_mobile", "has_portal",
    "created_at", "updated_at", "custom",
)  # fmt: skip
NOBODY = "none"


@dataclass
class Filters:
    """What a list of clients is narrowed to; empty values do not narrow. `assigned` is a member's id or "none".

    `custom` is `<own field's id>:<value>`, several with commas; the value is a choice's id, or "yes" or "no".
    """

    q: str = ""
    status: str = ""
    kind: str = ""
    assigned: str = ""
    tag: str = ""
    mobile: str = ""
    portal: str = ""
    custom: str = ""

    def active(self) -> dict[str, str]:
        """The filters in use, by name."""
        return {name: value for name, value in vars(self).items() if value}


@dataclass
class ClientPage:
    """Rows (dicts of ROW, `tags`, `team`) and the cursors beside; `cut` when the search matched more than is shown."""

    rows: list[dict]
    after: str | None
    before: str | None
    cut: bool = False
    filters: Filters = field(default_factory=Filters)


def _identifier(name: str, value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise Invalid({name: [_("Must be an identifier (UUID).")]}) from None


def _yes_or_no(name: str, value: str) -> bool:
    if value not in ("yes", "no"):
        raise Invalid({name: [_("Choose one of: %(choices)s.", choices="yes, no")]})
    return value == "yes"


def _narrow_assigned(found: QuerySet, value: str) -> QuerySet:
    if value == NOBODY:
        return found.filter(~Exists(Assignment.objects.filter(client_id=OuterRef("id"))))
    member_id = _identifier("assigned", value)
    return found.filter(id__in=Assignment.objects.filter(member_id=member_id).values("client_id"))


def _narrow_custom(found: QuerySet, wanted: str) -> QuerySet:
    fields = {str(one.pk): one for one in fields_in_use() if one.kind in (FieldKind.CHOICE, FieldKind.YES_NO)}
    for pair in filter(None, wanted.split(",")):
        name, _colon, typed = pair.strip().partition(":")
        errors = Errors()
        if name not in fields:
            errors.add("custom", _("There is no such field."))
            errors.raise_any()
        value = clean_values(errors, [fields[name]], {name: typed}, {}).get(name)
        errors.raise_any()
        if value is not None:
            found = found.filter(**{f"custom__{name}": value})
    return found


def narrow(actor, filters: Filters) -> tuple[QuerySet[Client], bool]:
    """The clients that the actor may see and that pass the filters, and whether a search was cut at its limit."""
    found, cut = access.clients_for(actor), False
    if filters.status:
        if filters.status not in Status.values:
            raise Invalid({"status": [_("Choose one of: %(choices)s.", choices=", ".join(Status.values))]})
        found = found.filter(status=filters.status)
    if filters.kind:
        found = found.filter(kind=filters.kind)
    # `IN` with one value, since a bare boolean keeps SQLite from its index.
    if filters.mobile:
        found = found.filter(has_mobile__in=[_yes_or_no("mobile", filters.mobile)])
    if filters.portal:
        found = found.filter(has_portal__in=[_yes_or_no("portal", filters.portal)])
    if filters.custom:
        found = _narrow_custom(found, filters.custom)
    if filters.tag:
        tag_id = _identifier("tag", filters.tag)
        found = found.filter(id__in=ClientTag.objects.filter(tag_id=tag_id).values("client_id"))
    if filters.assigned:
        found = _narrow_assigned(found, filters.assigned)
    if filters.q.strip():
        ids = matching_ids(actor, filters.q, summary.KIND)
        found, cut = found.filter(id__in=ids), len(ids) == CANDIDATES
    return found, cut


TAGS = Prepared(
    lambda ids: (
        ClientTag.objects.filter(client_id__in=ids)
        .order_by("tag__key")
        .values_list("client_id", "tag_id", "tag__name", "tag__hue")
    )
)
SERVING = Prepared(
    lambda ids: (
        Assignment.objects.filter(client_id__in=ids)
        .order_by("member__sort_name")
        .values_list("client_id", "member_id", "member__name", "member__role")
    )
)
TALLIES = Prepared(lambda: Tally.objects.values_list("status", "count"))
ALL_TAGS = PreparedObjects(Tag, {}, lambda: Tag.objects.order_by("key"))
CONTACTS = PreparedObjects(
    Contact, {}, lambda client_id: Contact.objects.filter(client_id=client_id).order_by("-is_primary", "id")
)
POINTS = PreparedObjects(
    ContactPoint, {}, lambda client_id: ContactPoint.objects.filter(contact__client_id=client_id).order_by("id")
)
ADDRESSES = PreparedObjects(Address, {}, lambda client_id: Address.objects.filter(client_id=client_id).order_by("id"))


def tags_of(client_ids: list[UUID]) -> dict[UUID, list[dict]]:
    """Client id to its tags ({id, name, hue}), by name."""
    found: dict[UUID, list[dict]] = defaultdict(list)
    for client_id, tag_id, name, hue in TAGS(client_ids):
        found[client_id].append({"id": tag_id, "name": name, "hue": hue})
    return found


def team_of(client_ids: list[UUID]) -> dict[UUID, list[dict]]:
    """Client id to the members who serve it ({id, name, role}), by name."""
    found: dict[UUID, list[dict]] = defaultdict(list)
    for client_id, member_id, name, role in SERVING(client_ids):
        found[client_id].append({"id": member_id, "name": name, "role": role})
    return found


def list_clients(
    actor, filters: Filters, *, sort: str = "name", after: str = "", before: str = "", limit: int = paging.LIMIT,
    chosen: list[UUID] | None = None,
) -> ClientPage:  # fmt: skip
    """One page of the clients that the actor may see, of the `chosen` where given.

    Raises Invalid for an unknown sort, filter or cursor.
    """
    if sort not in SORTS:
        raise Invalid({"sort": [_("Choose one of: %(choices)s.", choices=", ".join(SORTS))]})
    found, cut = narrow(actor, filters if chosen is None else Filters())
    if chosen is not None:
        found = found.filter(pk__in=chosen)
    page = paging.page(found.values(*ROW), SORTS[sort], after=after, before=before, limit=limit)
    ids = [row["id"] for row in page.rows]
    tags, team = tags_of(ids), team_of(ids)
    for row in page.rows:
        row["tags"], row["team"] = tags.get(row["id"], []), team.get(row["id"], [])
    return ClientPage(page.rows, page.after, page.before, cut, filters)


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
    """Who may sign in for the client, with member and user."""
    rows = ClientAccess.objects.filter(client_id=client.pk).select_related("member__user")
    return list(rows.order_by("granted_at", "id"))


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


def recent_activity(actor, limit: int = 8) -> list[tuple[Row, str]]:
    """What happened last around clients that the actor sees: rows of the spine with the client's name."""
    found = Activity.objects.exclude(client_id=None)
    visible = access.visible_client_ids(actor)
    if visible is not None:
        found = found.filter(client_id__in=visible)
    entries = [entry_of(row) for row in found.order_by("-id").values(*FIELDS)[:limit]]
    ids = {entry.client_id for entry in entries}
    names = dict(Client.objects.filter(id__in=ids).values_list("id", "name"))
    return [(row, names[row.entry.client_id]) for row in ready(entries, boxes=False) if row.entry.client_id in names]


@dataclass(frozen=True)
class Duplicate:
    """A client that shares an e-mail address or phone number with what is being typed."""

    id: UUID
    name: str
    value: str


def possible_duplicates(actor, normals: list[str], besides: UUID | None = None, limit: int = 5) -> list[Duplicate]:
    """Clients that the actor sees and that share one of these e-mail addresses or numbers (in normal form)."""
    wanted = [normal for normal in normals if normal]
    if not wanted:
        return []
    points = ContactPoint.objects.filter(normal__in=wanted).exclude(contact__client_id=besides)
    visible = access.visible_client_ids(actor)
    if visible is not None:
        points = points.filter(contact__client_id__in=visible)
    rows = points.values_list("contact__client_id", "contact__client__name", "value").distinct()[: limit * 3]
    once = {client_id: Duplicate(client_id, name, value) for client_id, name, value in rows}
    return list(once.values())[:limit]

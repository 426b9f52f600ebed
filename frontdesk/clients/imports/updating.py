"""Writing a chunk of updates: cells that hold something change the client, everything else stays."""

from collections import Counter
from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

from django.utils import timezone

from frontdesk.activity.spine import record_many
from frontdesk.core.fold import fold
from frontdesk.core.tenancy.bulk import bulk_insert, bulk_update
from frontdesk.search import index as search_index
from frontdesk.undo.ledger import Ledger
from frontdesk.undo.plain import columns

from .. import summary
from ..actions.records import count
from ..actions.status import set_status
from ..models import Address, Assignment, Client, ClientTag, Contact, ContactPoint, CustomField
from ..values import MOST_POINTS, Point
from .creating import ADDRESS, POINT, Attachments, address_row, point_rows, tag_ids
from .drafts import Draft
from .matching import Decision
from .models import ClientImport

_OWN = {
    "name": {"name", "first_name", "last_name"},
    "kind": {"kind"},
    "reference": {"reference"},
    "language": {"language"},
}
# What the row repeats of others is made anew by undo.
_UNDONE = sorted({*columns(Client)} - {"id", "sort_key", "email", "phone", "has_mobile", "has_portal", "updated_at"})
_LINES = ("street", "postal_code", "city", "region", "country")


@dataclass(slots=True)
class Present:
    """What a client has now; `points` is (contact is primary, kind, value, is mobile, normal)."""

    client: Client
    primary: Contact | None = None
    names: list[str] = field(default_factory=list)
    points: list[tuple] = field(default_factory=list)
    address: Address | None = None
    tags: set[UUID] = field(default_factory=set)
    members: set[UUID] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)


def _load(ids: list[UUID]) -> dict[UUID, Present]:
    """The clients with everything that an update may touch, locked; six queries whatever the number."""
    locked = Client.objects.select_for_update().filter(pk__in=ids).order_by("id")
    found = {client.pk: Present(client) for client in locked}
    for contact in Contact.objects.filter(client_id__in=ids).order_by("-is_primary", "id"):
        present = found[contact.client_id]
        present.names.append(contact.name)
        if contact.is_primary:
            present.primary = contact
    points = ContactPoint.objects.filter(contact__client_id__in=ids).order_by("-contact__is_primary", "id")
    names = ("contact__client_id", "contact__is_primary", "kind", "value", "is_mobile", "normal")
    for client_id, *point in points.values_list(*names):
        found[client_id].points.append(tuple(point))
    for address in Address.objects.filter(client_id__in=ids, contact=None).order_by("-id"):
        found[address.client_id].address = address
    for client_id, tag_id in ClientTag.objects.filter(client_id__in=ids).values_list("client_id", "tag_id"):
        found[client_id].tags.add(tag_id)
    for client_id, member_id in Assignment.objects.filter(client_id__in=ids).values_list("client_id", "member_id"):
        found[client_id].members.add(member_id)
    return found


class _Chunk:
    """The rows that a chunk of updates writes."""

    def __init__(self, ledger: Ledger):
        self.ledger = ledger
        self.clients: list[tuple] = []
        self.contacts: list[tuple] = []
        self.points: list[tuple] = []
        self.new_addresses: list[tuple] = []
        self.addresses: list[tuple] = []
        self.statuses: Counter = Counter()

    def write(self) -> None:
        own = (
            "name",
            "sort_key",
            "kind",
            "status",
            "reference",
            "language",
            "email",
            "phone",
            "has_mobile",
            "custom",
            "updated_at",
        )
        bulk_update(Client, own, self.clients)
        bulk_update(Contact, ("name", "role"), self.contacts)
        bulk_update(Address, _LINES, self.addresses)
        bulk_insert(ContactPoint, POINT, self.points)
        bulk_insert(Address, ADDRESS, self.new_addresses)

    def apply(self, present: Present, draft: Draft) -> None:
        """Take over what the draft gives."""
        before = {name: getattr(present.client, name) for name in _UNDONE}
        self._own(present, draft)
        self._note(present.client, before)
        if present.primary:
            self._contact(present, draft)
            self._points(present, draft)
        self._address(present, draft)
        client = present.client
        client.email, client.phone = _first(present, "email"), _first(present, "phone")
        client.has_mobile = any(point[3] for point in present.points)
        client.sort_key = fold(client.name)[:160]
        self.clients.append((
            client.name, client.sort_key, client.kind, client.status, client.reference, client.language,
            client.email, client.phone, client.has_mobile, client.custom, timezone.now(),
            client.pk,
        ))  # fmt: skip

    def _note(self, client: Client, before: dict) -> None:
        self.ledger.changed(client.pk, client, {name: (old, getattr(client, name)) for name, old in before.items()})

    def _own(self, present: Present, draft: Draft) -> None:
        client, typed = present.client, draft.checked.client
        for name, headings in _OWN.items():
            if draft.given & headings and getattr(client, name) != getattr(typed, name):
                setattr(client, name, getattr(typed, name))
                present.changed.add(name)
        given = {name: typed.custom[name] for name in typed.custom if client.custom.get(name) != typed.custom[name]}
        if given:
            client.custom = {**client.custom, **given}
            present.changed.add("custom")
        # People who sign in for it feel a change of status, so the verb itself makes that change.
        if "status" in draft.given and client.status != typed.status and not client.has_portal:
            self.statuses[client.status] -= 1
            self.statuses[typed.status] += 1
            client.status = typed.status
            present.changed.add("status")

    def _contact(self, present: Present, draft: Draft) -> None:
        contact, checked = present.primary, draft.checked
        given = {"name": "contact_name" in draft.given, "role": "contact_role" in draft.given}
        # A person's contact bears the person's name until somebody says otherwise.
        renamed = "name" in present.changed and len(present.names) == 1 and not given["name"]
        name = checked.contact_name if given["name"] or (renamed and present.client.kind == "person") else contact.name
        role = checked.contact_role if given["role"] else contact.role
        if (name, role) != (contact.name, contact.role):
            present.names[present.names.index(contact.name)] = name
            self.contacts.append((name, role, contact.pk))
            changes = {"name": (contact.name, name), "role": (contact.role, role)}
            self.ledger.changed(present.client.pk, cast(Contact, contact), changes)
            present.changed.add("contact")

    def _points(self, present: Present, draft: Draft) -> None:
        known = {(kind, normal) for primary, kind, _value, _mobile, normal in present.points if primary}
        room = Counter(kind for primary, kind, *_rest in present.points if primary)
        added: list[Point] = []
        for point in draft.checked.points:
            if (point.kind, point.normal) not in known and room[point.kind] < MOST_POINTS:
                added.append(point)
                room[point.kind] += 1
        if added:
            rows = point_rows(present.primary.pk, added)
            self.points += rows
            for row_id, point in zip((row[0] for row in rows), added, strict=True):
                self.ledger.created(present.client.pk, ContactPoint, row_id, {"normal": point.normal})
            primary = sum(1 for point in present.points if point[0])
            new = [(True, p.kind, p.value, p.is_mobile, p.normal) for p in added]
            present.points[primary:primary] = new
            present.changed.add("points")

    def _address(self, present: Present, draft: Draft) -> None:
        typed = draft.checked.client.address
        if not typed:
            return
        if present.address is None:
            row = address_row(present.client.pk, typed)
            self.new_addresses.append(row)
            self.ledger.created(present.client.pk, Address, row[0], {name: getattr(typed, name) for name in _LINES})
            present.changed.add("address")
            return
        old = tuple(getattr(present.address, name) for name in _LINES)
        new = tuple(getattr(typed, name) if name in draft.given else was for name, was in zip(_LINES, old, strict=True))
        if new != old:
            self.addresses.append((*new, present.address.pk))
            changes = dict(zip(_LINES, zip(old, new, strict=True), strict=True))
            self.ledger.changed(present.client.pk, present.address, changes)
            present.changed.add("address")


def _first(present: Present, wanted: str) -> str:
    return next((value for primary, kind, value, *_rest in present.points if primary and kind == wanted), "")


def _set_statuses(actor, pairs: list[tuple[Present, Draft]], ledger: Ledger) -> None:
    for present, draft in pairs:
        wanted = draft.checked.client.status
        if present.client.has_portal and "status" in draft.given and present.client.status != wanted:
            ledger.changed(present.client.pk, present.client, {"status": (present.client.status, wanted)})
            set_status(actor, present.client, wanted)
            present.changed.add("status")


def update(actor, source: ClientImport, decisions: list[Decision], fields: list[CustomField], ledger: Ledger) -> None:
    """Change the clients of decided drafts, in the transaction of their chunk."""
    if not decisions:
        return
    found = _load([decision.client_id for decision in decisions])
    pairs = [(found[d.client_id], d.draft) for d in decisions if d.client_id in found]
    tags = tag_ids(actor.account_id, [draft for _present, draft in pairs])
    attachments = Attachments(actor, source, tags, ledger)
    chunk = _Chunk(ledger)
    for present, draft in pairs:
        chunk.apply(present, draft)
        attachments.add(present.client, draft, False, present.tags, present.members)
    chunk.write()
    attachments.write()
    summary.keep_order([p.client.pk for p, _draft in pairs if "name" in p.changed])
    for status, by in sorted(chunk.statuses.items()):
        count(actor.account_id, status, by)
    _set_statuses(actor, pairs, ledger)
    search_index.update(
        [
            summary.findable(p.client, p.names, [point[:4] for point in p.points], fields)
            for p, _draft in pairs
            if p.changed
        ]
    )
    rows = [(p.client.pk, p.client.pk, {"import": str(source.pk), "fields": sorted(p.changed)}) for p, _draft in pairs]
    record_many(actor, "client.reimported", rows)
    # Also a client that stays the same is noted, since an activity of the import itself is none of somebody else.
    for present, _draft in pairs:
        ledger.updated(present.client.pk, Client, present.client.pk, {}, {})

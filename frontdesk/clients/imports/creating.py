"""Writing a chunk of new clients with everything that belongs to them, a statement a table."""

from collections import Counter
from types import SimpleNamespace
from typing import cast
from uuid import UUID

from django.utils import timezone

from frontdesk.activity.spine import record_many
from frontdesk.core.fold import fold
from frontdesk.core.ids import uuid7, uuid7s
from frontdesk.core.tenancy.bulk import bulk_insert
from frontdesk.core.tenancy.models import TenantModel
from frontdesk.search import index as search_index
from frontdesk.undo.ledger import Ledger

from .. import summary
from ..actions.records import POINT, count, new_values
from ..actions.tags import tags_named
from ..models import Address, Assignment, Client, ClientTag, Contact, ContactPoint, CustomField, Note
from ..values import CheckedClient, Point
from .drafts import Draft
from .matching import Decision
from .models import ClientImport, ImportedClient

CLIENT = (
    "id", "kind", "status", "name", "sort_key", "reference", "language", "email", "phone", "has_mobile", "has_portal",
    "created_at", "updated_at", "custom",
)  # fmt: skip
CONTACT = ("id", "client_id", "name", "role", "is_primary")
ADDRESS = ("id", "client_id", "contact_id", "label", "street", "postal_code", "city", "region", "country")
TAG = ("id", "client_id", "tag_id", "sort_key")
NOTE = ("id", "client_id", "author_id", "body", "created_at", "edited_at")
ASSIGNMENT = ("id", "client_id", "member_id", "assigned_by_id", "assigned_at", "sort_key")
IMPORTED = ("id", "source_id", "client_id", "row", "created")


def tag_ids(account_id, drafts: list[Draft]) -> dict[str, UUID]:
    """Every tag named in the drafts, made where it is new."""
    spelled: dict[str, str] = {}
    names = {name for draft in drafts for name in draft.checked.client.tags}
    for draft in drafts:
        for name in draft.checked.client.tags:
            spelled.setdefault(fold(name), name)
    by_key = {tag.key: tag.pk for tag in tags_named(account_id, list(spelled.values()))}
    return {name: by_key[fold(name)] for name in names}


def point_rows(contact_id: UUID, points: list[Point]) -> list[tuple]:
    """Rows of POINT."""
    ids = uuid7s(len(points))
    return [
        (point_id, contact_id, p.kind, p.value, p.normal, p.label, p.is_mobile, p.consent)
        for point_id, p in zip(ids, points, strict=True)
    ]


class Attachments:
    """Gathers the rows of what hangs on clients, new or known, and writes them."""

    def __init__(self, actor, source: ClientImport, tags: dict[str, UUID], ledger: Ledger | None = None):
        self.actor = actor
        self.ledger = ledger
        self.source = source
        self.tags = tags
        self.now = timezone.now()
        self.rows: dict[type[TenantModel], list[tuple]] = {ClientTag: [], Note: [], Assignment: [], ImportedClient: []}
        self.noted: list[tuple] = []
        self.assigned: list[tuple] = []

    def add(self, client: Client, draft: Draft, created: bool, tags: set[UUID], members: set[UUID]) -> None:
        """What a draft asks for beyond what the client has (`tags`, `members`)."""
        client_id, sort_key = client.pk, client.sort_key
        wanted = {self.tags[name] for name in draft.checked.client.tags} - tags
        for tag_id in wanted:
            self._hang(ClientTag, (uuid7(), client_id, tag_id, sort_key), {"tag_id": str(tag_id)})
        if draft.note:
            note_id = uuid7()
            self._hang(Note, (note_id, client_id, self.actor.id, draft.note, self.now, None), {"edited_at": None})
            self.noted.append((note_id, client_id, {}))
        for member_id in draft.members:
            if member_id not in members:
                row = (uuid7(), client_id, member_id, self.actor.id, self.now, sort_key)
                self._hang(Assignment, row, {"member_id": str(member_id)})
                self.assigned.append((client_id, client_id, {"member": str(member_id)}))
        self.rows[ImportedClient].append((uuid7(), self.source.pk, client_id, draft.number, created))

    def _hang(self, model: type[TenantModel], row: tuple, after: dict) -> None:
        """Add a row that hangs on a client; only of a known client is it noted, since a new one goes with all of it."""
        self.rows[model].append(row)
        if self.ledger:
            self.ledger.created(row[1], model, row[0], after)

    def write(self) -> None:
        """Insert all rows, and record the notes and assignments."""
        columns = {ClientTag: TAG, Note: NOTE, Assignment: ASSIGNMENT, ImportedClient: IMPORTED}
        for model, rows in self.rows.items():
            bulk_insert(model, columns[model], rows)
        record_many(self.actor, "note.added", self.noted)
        record_many(self.actor, "client.assigned", self.assigned)


def create(actor, source: ClientImport, decisions: list[Decision], fields: list[CustomField], ledger: Ledger) -> None:
    """Add the clients of decided drafts, in the transaction of their chunk."""
    if not decisions:
        return
    drafts = [decision.draft for decision in decisions]
    attachments = Attachments(actor, source, tag_ids(actor.account_id, drafts))
    rows: dict[type[TenantModel], list[tuple]] = {Client: [], Contact: [], ContactPoint: [], Address: []}
    findable, made = [], []
    for draft in drafts:
        values = new_values(draft.checked.client, draft.checked.points, attachments.now)
        client_id, contact_id = uuid7s(2)
        # A model instance would cost more than all the rest of the row.
        client = cast(Client, SimpleNamespace(pk=client_id, **values))
        made.append(client)
        rows[Client].append((client_id, *values.values()))
        _gather(rows, client_id, contact_id, draft.checked)
        attachments.add(client, draft, True, set(), set())
        known = [(True, point.kind, point.value, point.is_mobile) for point in draft.checked.points]
        findable.append(summary.findable(client, [draft.checked.contact_name], known, fields))
    for model, columns in ((Client, CLIENT), (Contact, CONTACT), (ContactPoint, POINT), (Address, ADDRESS)):
        bulk_insert(model, columns, rows[model])
    attachments.write()
    for status, number in sorted(Counter(client.status for client in made).items()):
        count(actor.account_id, status, number)
    search_index.add(findable)
    data = {"import": str(source.pk)}
    record_many(actor, "client.imported", [(client.pk, client.pk, data) for client in made])
    for client in made:
        ledger.created(client.pk, Client, client.pk)


def _gather(
    rows: dict[type[TenantModel], list[tuple]], client_id: UUID, contact_id: UUID, checked: CheckedClient
) -> None:
    rows[Contact].append((contact_id, client_id, checked.contact_name, checked.contact_role, True))
    rows[ContactPoint] += point_rows(contact_id, checked.points)
    if checked.client.address:
        rows[Address].append(address_row(client_id, checked.client.address))


def address_row(client_id: UUID, typed) -> tuple:
    """A row of ADDRESS for a client's own address."""
    return (
        uuid7(), client_id, None, typed.label, typed.street, typed.postal_code, typed.city, typed.region, typed.country,
    )  # fmt: skip

"""The data set: one large account and many small ones beside it, the same per client in both.

A client has 1.3 contacts with an e-mail address and a phone number each, 0.7 tags, 0.7 people who serve it, 0.4
addresses, 0.6 notes, 3 activities and values in 2 of 3 own fields on average.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from django.db import connection, transaction
from django.db.models import Field
from django.db.models.expressions import DatabaseDefault

from frontdesk.accounts.models import Account, Member, User
from frontdesk.activity.models import Activity
from frontdesk.clients.custom.models import CustomField
from frontdesk.clients.models import (
    Address,
    Assignment,
    Client,
    ClientTag,
    Contact,
    ContactPoint,
    Note,
    Tag,
    Tally,
)
from frontdesk.clients.summary import KIND
from frontdesk.core.fold import fold
from frontdesk.core.ids import uuid7
from frontdesk.core.phones import digits
from frontdesk.core.tenancy.bulk import bulk_insert
from frontdesk.core.tenancy.context import account_context
from frontdesk.messaging.rooms.opening import open_client_rooms
from frontdesk.search.index import TEXTS, Findable
from frontdesk.search.models import SearchEntry, document_number

from . import names

CHUNK = 5_000
TEAM = ("admin", "staff", "staff", *["coworker"] * 9)
STATUSES = ("active",) * 8 + ("prospect", "inactive")
BEGINNING = datetime(2024, 1, 1, tzinfo=UTC)
SEED = 20


@dataclass(frozen=True)
class Scale:
    """How many clients the large account has, how many small accounts there are, and how many clients each has."""

    large: int
    accounts: int
    small: int
    imported: int


SCALES = {"full": Scale(200_000, 50, 2_000, 100_000), "quick": Scale(20_000, 5, 500, 5_000)}
COLUMNS = {
    Client: (
        "id", "kind", "status", "name", "sort_key", "reference", "language", "email", "phone", "has_mobile",
        "has_portal", "custom", "created_at", "updated_at",
    ),
    Contact: ("id", "client_id", "name", "role", "is_primary"),
    ContactPoint: ("id", "contact_id", "kind", "value", "normal", "label", "is_mobile", "consent"),
    Address: ("id", "client_id", "contact_id", "label", "street", "postal_code", "city", "region", "country"),
    ClientTag: ("id", "client_id", "tag_id", "sort_key"),
    Assignment: ("id", "client_id", "member_id", "assigned_by_id", "assigned_at", "sort_key"),
    Note: ("id", "client_id", "author_id", "body", "created_at", "edited_at"),
    Activity: ("id", "at", "actor_id", "verb", "subject_id", "client_id", "data", "request_id"),
    SearchEntry: ("id", "document", "kind", "object_id", "client_id", "title", "detail", "sort_key", "text"),
}  # fmt: skip


class Business:
    """One account while it is filled: its people, tags, and the rows to write, by model."""

    def __init__(self, number: int):
        self.random = Random(SEED + number)
        self.account = Account.objects.create(name=f"Business {number}", country="RO", time_zone="Europe/Bucharest")
        self.members = [self._member(number, place, role) for place, role in enumerate(TEAM)]
        self.coworkers = [member for member in self.members if member.role == "coworker"]
        self.rows: dict[type, list[tuple]] = {model: [] for model in COLUMNS}
        self.counts = dict.fromkeys(STATUSES, 0)

    def _member(self, number: int, place: int, role: str) -> Member:
        name = f"{names.FIRST[place]} {names.LAST[place * 7]}"
        email = f"{role}{place}@business{number}.example"
        user = User.objects.create(email=email, name=name, password="!")
        return Member.objects.create(
            account=self.account, user=user, role=role, name=name, sort_name=fold(name), email=email
        )

    def fill(self, clients: int) -> None:
        """Write the account's tags and clients."""
        with account_context(self.account), transaction.atomic():
            self.tags = [Tag.objects.create(name=n, key=fold(n), hue=i % 8 + 1) for i, n in enumerate(names.TAGS)]
            self._own_fields()
            for number in range(clients):
                self._client(number)
                if number % CHUNK == CHUNK - 1:
                    self._flush()
            self._flush()
            for status, count in self.counts.items():
                Tally.objects.create(status=status, count=count)
            self._rooms()

    def _rooms(self) -> None:
        """Every client has a room."""
        ids = list(Client.objects.order_by().values_list("pk", flat=True))
        for start in range(0, len(ids), CHUNK):
            open_client_rooms(ids[start : start + CHUNK])

    def _flush(self) -> None:
        for model, rows in self.rows.items():
            columns, rest = COLUMNS[model], defaults(model, COLUMNS[model])
            bulk_insert(model, (*columns, *rest), [(*row, *rest.values()) for row in rows])
            if model is SearchEntry:
                TEXTS.add((row[1], row[-1]) for row in rows)
            rows.clear()

    def _own_fields(self) -> None:
        """Three fields of the account's own: a choice, a number and a yes or no."""
        self.levels = [str(uuid7()) for _level in range(3)]
        options = [{"id": level, "label": f"Level {n}", "archived": False} for n, level in enumerate(self.levels)]
        kinds = ("choice", "number", "yes_no")
        self.fields = [
            str(CustomField.objects.create(label=kind, kind=kind, position=n, options=options if n == 0 else []).pk)
            for n, kind in enumerate(kinds)
        ]

    def _own(self) -> dict:
        values = (self.random.choice(self.levels), self.random.randrange(300), self.random.random() < 0.5)
        return {field: value for field, value in zip(self.fields, values, strict=True) if self.random.random() < 0.7}

    def _client(self, number: int) -> None:
        client_id, random = uuid7(), self.random
        name = f"{random.choice(names.FIRST)} {random.choice(names.LAST)}"
        at, status = BEGINNING + timedelta(minutes=number), random.choice(STATUSES)
        email, phone = f"{fold(name).replace(' ', '.')}{number}@example.com", f"+407{random.randrange(10**8):08}"
        self.counts[status] += 1
        reference = f"C-{number:06}"
        self.rows[Client].append((
            client_id, "person", status, name, fold(name), reference, "", email, phone, True, False, self._own(),
            at, at,
        ))  # fmt: skip
        found = Findable(KIND, client_id, client_id, name, email, (email, digits(phone), reference))
        self._findable(found)
        self._contacts(client_id, name, email, phone)
        self._surroundings(client_id, fold(name))
        self._history(client_id, at)

    def _findable(self, found: Findable) -> None:
        entry_id = uuid7()
        self.rows[SearchEntry].append((
            entry_id, document_number(entry_id), found.kind, found.object_id, found.client_id, found.title,
            found.detail, fold(found.title), found.folded,
        ))  # fmt: skip

    def _contacts(self, client_id, name: str, email: str, phone: str) -> None:
        self._contact(client_id, name, email, phone, primary=True)
        if self.random.random() < 0.3:
            other = f"{self.random.choice(names.FIRST)} {name.split()[1]}"
            self._contact(client_id, other, f"second.{email}", phone[:-1] + "0", primary=False)

    def _contact(self, client_id, name: str, email: str, phone: str, primary: bool) -> None:
        contact_id = uuid7()
        self.rows[Contact].append((contact_id, client_id, name, "", primary))
        self.rows[ContactPoint] += [
            (uuid7(), contact_id, "email", email, email, "", False, True),
            (uuid7(), contact_id, "phone", phone, phone, "", True, True),
        ]

    def _surroundings(self, client_id, sort_key: str) -> None:
        random = self.random
        for tag in random.sample(self.tags, random.choice((0, 0, 1, 1, 1, 1, 2))):
            self.rows[ClientTag].append((uuid7(), client_id, tag.pk, sort_key))
        for member in random.sample(self.coworkers, random.choice((0, 0, 1, 1, 1, 1, 2))):
            self.rows[Assignment].append((uuid7(), client_id, member.pk, self.members[0].pk, BEGINNING, sort_key))
        if random.random() < 0.4:
            street, city = f"Strada Horea {random.randrange(200)}", random.choice(names.CITIES)
            self.rows[Address].append((uuid7(), client_id, None, "", street, "400174", city, "", "RO"))

    def _history(self, client_id, at: datetime) -> None:
        random = self.random
        self._happened(client_id, at, "client.created", client_id)
        for _note in range(random.choice((0, 0, 0, 1, 2))):
            note_id, author = uuid7(), random.choice(self.members)
            self.rows[Note].append((note_id, client_id, author.pk, random.choice(names.NOTES), at, None))
            self._happened(client_id, at, "note.added", note_id)
        if random.random() < 0.8:
            self._happened(client_id, at, "client.assigned", client_id, member=str(random.choice(self.coworkers).pk))
        if random.random() < 0.6:
            self._happened(client_id, at, "client.status", client_id, **{"from": "prospect", "to": "active"})

    def _happened(self, client_id, at: datetime, verb: str, subject_id, **data) -> None:
        actor = self.random.choice(self.members)
        self.rows[Activity].append((uuid7(), at, actor.pk, verb, subject_id, client_id, data, ""))


def defaults(model, columns: tuple[str, ...]) -> dict:
    """The values of the columns that a data set leaves as they begin."""
    left = [field for field in model._meta.local_concrete_fields if field.attname not in columns]
    return {field.attname: _default(field) for field in left if field.attname != "account_id"}


def _default(field: Field) -> object:
    """What a column begins with, also where the database would fill it in."""
    made = field.get_default()
    return made.expression.value if isinstance(made, DatabaseDefault) else made


def fill(scale: Scale) -> None:
    """Write the whole data set into a migrated, empty database."""
    Business(0).fill(scale.large)
    for number in range(scale.accounts):
        Business(number + 1).fill(scale.small)
    settle()


def settle() -> None:
    """Let the database look at its tables."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")

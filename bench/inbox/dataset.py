"""The data set of the inbox: a conversation with each client, twenty messages each on average, every twentieth long."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from frontdesk.accounts.models import Account, Member
from frontdesk.activity.models import Activity
from frontdesk.channels.models import Dispatch
from frontdesk.clients.models import Client
from frontdesk.conversations.models import NOTES, PUBLIC, Conversation, Envelope
from frontdesk.core.ids import uuid7
from frontdesk.core.tenancy.bulk import bulk_insert
from frontdesk.core.tenancy.context import account_context
from frontdesk.messaging.models import Message, ReadMark, Thread
from frontdesk.messaging.text_index import TEXTS
from frontdesk.search.models import document_number

from .. import dataset
from ..talks.dataset import vocabulary

SEED, AT_ONCE = 31, 1_000
SCALES = {"inbox": 100_000, "inbox-quick": 10_000}
# Every twentieth conversation fills several pages; those of the others are as short as most are.
EVERY, LONG, SHORT, NOTED = 20, 180, 9, 2
BEGINNING = datetime(2025, 1, 1, tzinfo=UTC)
# In the order in which rows refer to each other: SQLite looks for those who waited for a row that comes late.
COLUMNS = {
    Thread: ("id", "kind", "client_id", "last_number", "last_at", "last_message_id"),
    Conversation: (
        "id", "client_id", "thread_id", "notes_id", "state", "assignee_id", "channel", "last_at", "waiting_since",
        "closed_at",
    ),
    Message: (
        "id", "thread_id", "number", "author_id", "signed", "body", "html", "folded", "document", "posted_at",
    ),
    Dispatch: (
        "id", "channel", "client_id", "to", "text", "purpose", "cause", "cause_id", "thread", "key", "state", "due_at",
        "queued_at", "sent_at", "delivered_at",
    ),
    Envelope: ("id", "message_id", "outgoing", "channel", "address", "dispatch_id", "verified"),
    ReadMark: ("id", "thread_id", "member_id", "number", "read_at"),
    Activity: ("id", "at", "actor_id", "verb", "subject_id", "client_id", "data", "request_id"),
}  # fmt: skip


@dataclass(frozen=True)
class Talk:
    """A client with the channel and address by which it talks, and where and when that stands."""

    client: dict
    channel: str
    address: str
    conversation: UUID
    thread: UUID
    notes: UUID
    began: datetime


class Writer:
    """Writes the conversations of one account."""

    def __init__(self, team: list[Member]):
        self.random, self.words, self.team = Random(SEED), vocabulary(), team
        self.rows: dict[type, list[tuple]] = {model: [] for model in COLUMNS}

    def talk(self, number: int, client: dict) -> None:
        """A conversation with all that belongs to it."""
        channel = self.random.choice(("email", "email", "sms", "sms", "portal"))
        address = {"email": client["email"], "sms": client["phone"]}.get(channel, "")
        began = BEGINNING + timedelta(minutes=5 * number)
        one = Talk(client, channel, address, uuid7(), uuid7(), uuid7(), began)
        said = self._said(one, LONG if number % EVERY == 0 else SHORT)
        noted = [self._message(one.notes, n, self._author(), "", began + timedelta(minutes=n)) for n in (1, NOTED)]
        for thread_id, kind, last in ((one.thread, PUBLIC, said[-1]), (one.notes, NOTES, noted[-1])):
            self.rows[Thread].append((thread_id, kind, client["id"], last[2], last[9], last[0]))
        self._standing(one, said[-1])
        if number % 4:
            member = self.team[0].pk
            self.rows[ReadMark].append((uuid7(), one.thread, member, said[-1][2] - number % 3, timezone.now()))

    def _author(self) -> UUID:
        return self.random.choice(self.team).pk

    def _said(self, one: Talk, count: int) -> list[tuple]:
        return [self._line(one, number) for number in range(1, count + 1)]

    def _line(self, one: Talk, number: int) -> tuple:
        outgoing, at = number % 2 == 0, one.began + timedelta(hours=number)
        author, signed = (self._author(), "") if outgoing else (None, one.client["name"])
        row = self._message(one.thread, number, author, signed, at)
        dispatch = self._dispatch(one, row) if outgoing and one.channel != "portal" else None
        self.rows[Envelope].append((uuid7(), row[0], outgoing, one.channel, one.address, dispatch, True))
        return row

    def _message(self, thread: UUID, number: int, author: UUID | None, signed: str, at: datetime) -> tuple:
        message_id, text = uuid7(), " ".join(self.random.choices(self.words, k=self.random.randint(4, 16)))
        document = document_number(message_id)
        row = (message_id, thread, number, author, signed, text, f"<p>{text}</p>", text, document, at)
        self.rows[Message].append(row)
        return row

    def _dispatch(self, one: Talk, message: tuple) -> UUID:
        dispatch_id, at = uuid7(), message[9]
        self.rows[Dispatch].append((
            dispatch_id, one.channel, one.client["id"], one.address, message[5], "transactional", "message",
            message[0], one.conversation, f"message:{message[0]}", "delivered", at, at, at, at,
        ))  # fmt: skip
        return dispatch_id

    def _standing(self, one: Talk, last: tuple) -> None:
        state = self.random.choice(("open", "open", "closed", "closed", "closed"))
        assignee = self._author() if self.random.random() < 0.8 else None
        waiting = last[9] if state == "open" and last[3] is None else None
        closed = last[9] if state == "closed" else None
        self.rows[Conversation].append((
            one.conversation, one.client["id"], one.thread, one.notes, state, assignee, one.channel, last[9], waiting,
            closed,
        ))  # fmt: skip
        happened = [("conversation.opened", one.began, {})]
        if assignee:
            happened.append(("conversation.assigned", one.began, {"member": str(assignee), "before": None}))
        if closed:
            happened.append(("conversation.closed", closed, {}))
        self.rows[Activity] += [
            (uuid7(), at, self.team[0].pk, verb, one.conversation, one.client["id"], data, "")
            for verb, at, data in happened
        ]

    def flush(self) -> None:
        """Write what was made, what others refer to first."""
        for model, columns in COLUMNS.items():
            rows, rest = self.rows[model], dataset.defaults(model, columns)
            bulk_insert(model, (*columns, *rest), [(*row, *rest.values()) for row in rows])
            if model is Message:
                TEXTS.add((row[8], row[7]) for row in rows)
            rows.clear()


def _clients() -> Iterator[dict]:
    return Client.objects.order_by("id").values("id", "name", "email", "phone").iterator(AT_ONCE)


def fill(name: str) -> None:
    """Write the whole data set into a migrated, empty database."""
    dataset.Business(0).fill(SCALES[name])
    account = Account.objects.get(name="Business 0")
    with account_context(account), transaction.atomic():
        writer = Writer(list(Member.objects.filter(account=account).order_by("id")))
        for number, client in enumerate(list(_clients())):
            writer.talk(number, client)
            if number % AT_ONCE == AT_ONCE - 1:
                writer.flush()
        writer.flush()
    dataset.settle()

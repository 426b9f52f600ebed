"""The data set of messages: half of them in one thread, the others in rooms of clients; beside it a thread of 100."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from frontdesk.accounts.models import Account, Member
from frontdesk.clients.models import Client
from frontdesk.core.ids import uuid7
from frontdesk.core.tenancy.bulk import bulk_insert
from frontdesk.core.tenancy.context import account_context
from frontdesk.messaging import actions
from frontdesk.messaging.models import Message, ReadMark, Thread
from frontdesk.messaging.rooms.opening import client_rooms
from frontdesk.messaging.text_index import TEXTS
from frontdesk.search.models import document_number

from .. import dataset

SEED, CHUNK, GROUPS, SHORT = 9, 5_000, 60, 100
LONG, BRIEF = "The long room", "The short room"
BEGINNING = datetime(2025, 1, 1, tzinfo=UTC)
MESSAGE = (
    "id", "thread_id", "number", "author_id", "body", "html", "folded", "document", "reply_to_id", "key", "posted_at",
    "edited_at", "deleted_at", "deleted_by_id",
)  # fmt: skip


@dataclass(frozen=True)
class Scale:
    """Clients, rooms of clients with messages, messages in each, and messages in the long thread."""

    clients: int
    rooms: int
    each: int
    long: int


SCALES = {
    "talks": Scale(2_000, 1_000, 1_000, 1_000_000),
    "talks-quick": Scale(500, 100, 1_000, 100_000),
    "loads": Scale(500, 100, 100, 10_000),
}
_SYLLABLES = [first + vowel for first in "bcdfglmnprstvz" for vowel in "aeiou"]


def vocabulary() -> list[str]:
    """Made-up words of two to four syllables, the same in every run."""
    random = Random(SEED)
    return ["".join(random.choices(_SYLLABLES, k=random.choice((2, 3, 3, 4)))) for _word in range(6_000)]


class Writer:
    """Writes threads of messages of one account."""

    def __init__(self, authors: list[Member]):
        self.random, self.words, self.authors = Random(SEED + 1), vocabulary(), authors

    def _row(self, thread: Thread, number: int) -> tuple:
        message_id, text = uuid7(), " ".join(self.random.choices(self.words, k=self.random.randint(4, 16)))
        at = BEGINNING + timedelta(minutes=number)
        return (
            message_id, thread.pk, number, self.random.choice(self.authors).pk, text, f"<p>{text}</p>", text,
            document_number(message_id), None, None, at, None, None, None,
        )  # fmt: skip

    def fill(self, thread: Thread, count: int) -> None:
        """Write a thread's messages."""
        for start in range(1, count + 1, CHUNK):
            rows = [self._row(thread, number) for number in range(start, min(start + CHUNK, count + 1))]
            bulk_insert(Message, MESSAGE, rows)
            TEXTS.add((row[7], row[6]) for row in rows)
        Thread.objects.filter(pk=thread.pk).update(last_number=count, last_message_id=rows[-1][0], last_at=rows[-1][10])


def _rooms(writer: Writer, admin: Member, scale: Scale) -> None:
    others = [member.pk for member in writer.authors[1:4]]
    for name, count in ((LONG, scale.long), (BRIEF, SHORT)):
        writer.fill(actions.create_group(admin, name, others).thread, count)
    for number in range(GROUPS):
        thread = actions.create_group(admin, f"Room {number}", others).thread
        writer.fill(thread, 20)
        ReadMark.objects.filter(thread=thread, member=admin).update(number=number % 20, read_at=timezone.now())


def fill(name: str) -> None:
    """Write the whole data set into a migrated, empty database."""
    scale = SCALES[name]
    dataset.Business(0).fill(scale.clients)
    account = Account.objects.get(name="Business 0")
    with account_context(account), transaction.atomic():
        team = list(Member.objects.filter(account=account).select_related("user", "account").order_by("id"))
        writer = Writer(team)
        _rooms(writer, team[0], scale)
        chosen = Client.objects.order_by("id").values_list("pk", flat=True)[: scale.rooms]
        for thread in client_rooms(list(chosen)).values():
            writer.fill(thread, scale.each)
    dataset.settle()

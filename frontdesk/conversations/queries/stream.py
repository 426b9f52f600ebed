"""What a conversation page shows in one stream: what was said, the team's notes, and what happened between."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Min, Q, QuerySet

from frontdesk.activity.models import Activity
from frontdesk.activity.queries import FIELDS, Row, entry_of, ready
from frontdesk.core.tenancy.prepared import Prepared
from frontdesk.messaging.kinds import thread_kinds
from frontdesk.messaging.models import Message, Thread
from frontdesk.messaging.queries import Line, of_both, traced

from ..models import NOTES, PUBLIC, Conversation

PAGE = 50
MOST_HAPPENED = 30
VERBS = [
    f"conversation.{what}"
    for what in ("assigned", "unassigned", "given", "closed", "reopened", "snoozed", "woken", "confirmed")
]


@dataclass(frozen=True)
class Position:
    """A place in the stream: numbers of messages in what was said, and in the notes."""

    said: int
    noted: int

    def __str__(self) -> str:
        return f"{self.said}.{self.noted}"

    @classmethod
    def parse(cls, text: str) -> "Position | None":
        """The place that an address names, None for anything else."""
        first, _dot, second = text.partition(".")
        if not (first.isdecimal() and second.isdecimal() and len(first) < 19 and len(second) < 19):
            return None
        return cls(int(first), int(second))


@dataclass(frozen=True)
class Happened:
    """Something that happened to the conversation, in words."""

    at: datetime
    row: Row


@dataclass(frozen=True)
class Stream:
    """Lines and happenings in order of time; `older` and `newer` lead on, None where nothing more is."""

    items: list[Line | Happened]
    older: Position | None
    newer: Position | None

    @property
    def lines(self) -> list[Line]:
        """The messages alone."""
        return [item for item in self.items if isinstance(item, Line)]


def _before(conversation: Conversation, place: Position) -> list[Message]:
    """The newest messages up to a place, of both threads, as many as a page holds."""
    said, noted = (place.said - PAGE + 1, place.said), (place.noted - PAGE + 1, place.noted)
    return of_both(conversation.thread, said, conversation.notes, noted)[-PAGE:]


def _after(conversation: Conversation, place: Position) -> list[Message]:
    said, noted = (place.said + 1, place.said + PAGE), (place.noted + 1, place.noted + PAGE)
    return of_both(conversation.thread, said, conversation.notes, noted)[:PAGE]


def end_of(conversation: Conversation) -> Position:
    """The place of the newest messages."""
    return Position(conversation.thread.last_number, conversation.notes.last_number)


def _numbers(conversation: Conversation, found: list[Message]) -> tuple[list[int], list[int]]:
    threads = [(one.thread_id, one.number) for one in found]
    said = [number for thread, number in threads if thread == conversation.thread_id]
    return said, [number for thread, number in threads if thread == conversation.notes_id]


def _older(conversation: Conversation, found: list[Message], before: Position) -> Position | None:
    """Up to where the page before this one reaches."""
    said, noted = _numbers(conversation, found)
    place = Position(said[0] - 1 if said else before.said, noted[0] - 1 if noted else before.noted)
    return place if place.said > 0 or place.noted > 0 else None


def _newer(conversation: Conversation, found: list[Message], after: Position) -> Position | None:
    said, noted = _numbers(conversation, found)
    place = Position(said[-1] if said else after.said, noted[-1] if noted else after.noted)
    return None if place == end_of(conversation) else place


def _lines(conversation: Conversation, found: list[Message]) -> list[Line]:
    kinds = ((PUBLIC, conversation.thread_id), (NOTES, conversation.notes_id))
    by_kind = {kind: [one for one in found if one.thread_id == thread_id] for kind, thread_id in kinds}
    traces = {pk: one for kind, some in by_kind.items() for pk, one in thread_kinds[kind].traces(some, False).items()}
    return traced(found, traces, for_team=True)


def _happened(client_id: UUID, subject_id: UUID) -> QuerySet:
    found = Activity.objects.filter(client_id=client_id, verb__in=VERBS, subject_id=subject_id)
    return found.order_by("-id").values_list(*FIELDS)


HAPPENED = Prepared(lambda client_id, subject_id: _happened(client_id, subject_id)[:MOST_HAPPENED])


def _happenings(conversation: Conversation, since: datetime | None, until: datetime | None) -> list[Happened]:
    """What happened to the conversation between two moments, the newest of it."""
    if until is None:
        rows = HAPPENED(conversation.client_id, conversation.pk)
    else:
        rows = list(_happened(conversation.client_id, conversation.pk).filter(at__lt=until)[:MOST_HAPPENED])
    entries = [entry_of(dict(zip(FIELDS, row, strict=True))) for row in rows]
    return [
        Happened(row.at, row) for row in ready([one for one in entries if not since or one.at >= since], boxes=False)
    ]


def newest_happenings(conversation: Conversation) -> list[Happened]:
    """What happened to the conversation lately, in order of time."""
    return _happenings(conversation, None, None)[::-1]


def _at(item: Line | Happened) -> datetime:
    return item.message.posted_at if isinstance(item, Line) else item.at


def stream(conversation: Conversation, *, before: Position | None = None, after: Position | None = None) -> Stream:
    """The newest of a conversation, or what stands up to (and with) or after a place."""
    found, older, newer = _found(conversation, before, after)
    written = _lines(conversation, found)
    if after is not None:
        return Stream(list(written), None, newer)
    happened = _happenings(
        conversation, found[0].posted_at if found and older else None, _next_at(conversation, newer) if newer else None
    )
    return Stream(sorted([*written, *happened], key=_at), older, newer)


def _next_at(conversation: Conversation, place: Position) -> datetime | None:
    """When the page after a place begins: what happened until then belongs before it."""
    said = Q(thread_id=conversation.thread_id, number=place.said + 1)
    noted = Q(thread_id=conversation.notes_id, number=place.noted + 1)
    return Message.objects.filter(said | noted).aggregate(at=Min("posted_at"))["at"]


def messages(conversation: Conversation, *, before: Position | None = None, after: Position | None = None) -> Stream:
    """As `stream`, without what happened and without the traces of messages."""
    found, older, newer = _found(conversation, before, after)
    return Stream(list(traced(found, {}, for_team=True)), older, newer)


def _found(
    conversation: Conversation, before: Position | None, after: Position | None
) -> tuple[list[Message], Position | None, Position | None]:
    """The messages of a page, and where the pages before and after it go on."""
    if after is not None:
        found = _after(conversation, after)
        return found, None, _newer(conversation, found, after)
    place = before or end_of(conversation)
    found = _before(conversation, place)
    return found, _older(conversation, found, place), None if place == end_of(conversation) else place


def around(conversation: Conversation, message: Message) -> Position:
    """The place up to which a page holds a message with some of what followed it."""
    if message.thread_id == conversation.thread_id:
        number = min(message.number + PAGE // 2, conversation.thread.last_number)
        return Position(number, _reached(conversation.notes, message.posted_at))
    number = min(message.number + PAGE // 2, conversation.notes.last_number)
    return Position(_reached(conversation.thread, message.posted_at), number)


def _reached(thread: Thread, at: datetime) -> int:
    """The number of the newest message of a thread at a moment."""
    found = Message.objects.filter(thread_id=thread.pk, posted_at__lte=at).order_by("-number")
    return found.values_list("number", flat=True).first() or 0


def fresh(conversation: Conversation, message: Message) -> Line:
    """A message that was just written."""
    return _lines(conversation, [message])[0]

"""What was said in a thread, page by page, with everything that belongs to the messages of a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from frontdesk.accounts.models import Member
from frontdesk.core.tenancy.context import current_account_id
from frontdesk.core.tenancy.prepared import Prepared, PreparedObjects
from frontdesk.files.queries import FileRow, files_at

from .. import formatting
from ..kinds import Trace, thread_kinds
from ..models import Edition, Message, Reaction, Thread
from ..turning import turnings

PAGE = 50
CONTINUED = timedelta(minutes=5)


@dataclass(frozen=True)
class Answered:
    """The message to which another one replies."""

    id: UUID
    number: int
    author: str
    text: str


@dataclass(frozen=True)
class Sign:
    """An emoji on a message, and who put it there."""

    emoji: str
    members: tuple[UUID, ...]
    names: str

    @property
    def count(self) -> int:
        """By how many."""
        return len(self.members)


@dataclass(frozen=True)
class Became:
    """What was made of a message, for the team."""

    key: str
    id: UUID
    text: str
    icon: str
    href: str


def _became(entry: dict) -> Became | None:
    kind, made, client = turnings.get(entry["key"]), UUID(entry["id"]), entry.get("client")
    if kind is None:
        return None
    return Became(kind.key, made, str(kind.became), kind.icon, kind.href(made, UUID(client) if client else None))


def _turned(message: Message) -> tuple[Became, ...]:
    return tuple(found for entry in message.turned if (found := _became(entry)))


class Line(NamedTuple):
    """A message with what is shown of it. `continued`: the one before is by the same author, moments ago."""

    message: Message
    author: Member | None
    answered: Answered | None = None
    signs: tuple[Sign, ...] = ()
    files: Sequence[FileRow] = ()
    continued: bool = False
    trace: Trace | None = None
    turned: tuple[Became, ...] = ()

    @property
    def writer(self) -> str:
        """The name of whoever wrote it, "" for the system."""
        return self.author.name if self.author else self.message.signed

    @property
    def deleted(self) -> bool:
        """Whether only its trace is left."""
        return self.message.deleted_at is not None


@dataclass(frozen=True)
class History:
    """Lines in order of time; `older` and `newer` are numbers to go on from, None where nothing more is."""

    lines: list[Line]
    older: int | None
    newer: int | None


SIGNS = Prepared(
    lambda ids: (
        Reaction.objects.filter(message_id__in=ids)
        .order_by("id")
        .values_list("message_id", "emoji", "member_id", "member__name")
    )
)

RANGE = PreparedObjects(
    Message, {},
    lambda thread, first, last: (
        Message.objects.filter(thread_id=thread, number__gte=first, number__lte=last).order_by("number")
    ),
)  # fmt: skip
BOTH = PreparedObjects(
    Message, {},
    lambda one, first, last, other, begin, end: Message.objects.filter(
        Q(thread_id=one, number__gte=first, number__lte=last) | Q(thread_id=other, number__gte=begin, number__lte=end)
    ),
)  # fmt: skip
AUTHOR = Message._meta.get_field("author")
# By themselves, since a page has many messages of few authors.
AUTHORS = PreparedObjects(Member, {}, lambda ids: Member.objects.filter(account_id=current_account_id(), pk__in=ids))


def _signs(message_ids: list[UUID]) -> dict[UUID, tuple[Sign, ...]]:
    found: dict[UUID, dict[str, list[tuple[UUID, str]]]] = {}
    for message_id, emoji, member_id, name in SIGNS(message_ids):
        found.setdefault(message_id, {}).setdefault(emoji, []).append((member_id, name))
    return {
        message_id: tuple(
            Sign(emoji, tuple(pk for pk, _name in who), ", ".join(name for _pk, name in who))
            for emoji, who in by_emoji.items()
        )
        for message_id, by_emoji in found.items()
    }


def _answered(messages: list[Message]) -> dict[UUID, Answered]:
    ids = {message.reply_to_id for message in messages if message.reply_to_id}
    if not ids:
        return {}
    rows = Message.objects.filter(pk__in=ids).select_related("author")
    return {
        row.pk: Answered(
            row.pk, row.number, row.writer,
            "" if row.deleted_at else formatting.excerpt(row.html),
        )
        for row in rows
    }  # fmt: skip


def _of(message: Message, answered: dict[UUID, Answered]) -> Answered | None:
    return answered.get(message.reply_to_id) if answered and message.reply_to_id else None


def _continues(message: Message, before: Message | None) -> bool:
    if before is None or before.deleted_at or message.posted_at - before.posted_at >= CONTINUED:
        return False
    if message.reply_to_id or before.thread_id != message.thread_id:
        return False
    return (before.author_id, before.signed) == (message.author_id, message.signed)


def _both(traces: dict[UUID, Trace], message: Message, before: Message | None) -> tuple[Trace | None, Trace | None]:
    return traces.get(message.id), traces.get(before.id) if before else None


def _alike(trace: Trace | None, before: Trace | None) -> bool:
    """Whether two messages went by the same way and came as far, so that one line says it for both."""
    if trace is None or before is None:
        return trace is before
    return (trace.label, trace.state, trace.text) == (before.label, before.state, before.text)


def lines(messages: list[Message], kind: str = "", *, in_portal: bool = False) -> list[Line]:
    """Messages in order of time, with everything that belongs to them, and by what ways those of a `kind` of thread
    came and went."""
    traces = thread_kinds[kind].traces(messages, in_portal) if kind and messages else {}
    return traced(messages, traces, for_team=bool(kind) and not in_portal)


def traced(messages: list[Message], traces: dict[UUID, Trace], *, for_team: bool) -> list[Line]:
    """As `lines`, with traces that are known: three statements for all. What was made of messages is `for_team`."""
    if not messages:
        return []
    ids = [message.id for message in messages]
    signs, answered, files = _signs(ids), _answered(messages), files_at("message", ids)
    made, before = [], None
    for message in messages:
        made.append(
            Line(
                message, message.author, _of(message, answered), signs.get(message.id, ()),
                files.get(message.id, ()), _continues(message, before) and _alike(*_both(traces, message, before)),
                traces.get(message.id),
                _turned(message) if for_team and message.turned else (),
            )
        )  # fmt: skip
        before = message
    return made


def line_of(actor, message: Message, thread: Thread) -> Line:
    """One message as the actor sees it."""
    return lines([message], thread.kind, in_portal=actor.is_portal)[0]


def numbered(thread: Thread, first: int, last: int) -> list[Message]:
    """The messages with numbers from first to last: numbers have no gaps, so this is as many rows."""
    first, last = max(first, 1), min(last, thread.last_number)
    return _with_authors(RANGE(thread.pk, first, last)) if first <= last else []


def of_both(one: Thread, bounds: tuple[int, int], other: Thread, others: tuple[int, int]) -> list[Message]:
    """The messages of two threads with numbers within the bounds of each, in order of time."""
    (first, last), (begin, end) = bounds, others
    found = BOTH(one.pk, first, min(last, one.last_number), other.pk, begin, min(end, other.last_number))
    return _with_authors(sorted(found, key=lambda message: (message.posted_at, message.id)))


def _with_authors(found: list[Message]) -> list[Message]:
    ids = [one.author_id for one in found]
    authors = {one.pk: one for one in AUTHORS(list({pk for pk in ids if pk}))}
    for one, author_id in zip(found, ids, strict=True):
        AUTHOR.set_cached_value(one, authors.get(author_id))
    return found


def fresh(message: Message, author, *, has_files: bool) -> Line:
    """A message that its author has just posted: nobody has answered it yet."""
    files = files_at("message", [message.pk]).get(message.pk, []) if has_files else ()
    return Line(message, author, _of(message, _answered([message])), files=files)


def each(messages: list[Message]) -> list[Line]:
    """Messages of any threads in the order given, each for itself."""
    return [line._replace(continued=False) for line in lines(messages)]


def _bounds(thread: Thread, before: int | None, after: int | None, around: int | None) -> tuple[int, int]:
    """The numbers of the first and last message of a page."""
    newest = thread.last_number
    if after is not None:
        return max(after + 1, 1), min(max(after, 0) + PAGE, newest)
    if around is not None:
        first = max(around - PAGE // 2, 1)
        return first, min(first + PAGE - 1, newest)
    last = newest if before is None else min(max(before, 1) - 1, newest)
    return max(last - PAGE + 1, 1), last


def history(
    thread: Thread,
    *,
    before: int | None = None,
    after: int | None = None,
    around: int | None = None,
    in_portal: bool = False,
) -> History:
    """The newest messages of a thread, or those before or after a number, or around one."""
    first, last = _bounds(thread, before, after, around)
    found = lines(numbered(thread, first, last), thread.kind, in_portal=in_portal)
    return History(found, first if found and first > 1 else None, last if found and last < thread.last_number else None)


def newest_side(lines: Sequence[Line]) -> str:
    """Which side wrote the newest of some messages between the team and a client; "" where there are no sides."""
    trace = lines[-1].trace if lines else None
    if trace is None:
        return ""
    return "team" if trace.ours else "client"


def editions(message: Message) -> list[Edition]:
    """What a message said before, oldest first."""
    return list(Edition.objects.filter(message_id=message.pk).order_by("id"))

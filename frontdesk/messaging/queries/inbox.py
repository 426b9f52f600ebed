"""The list of rooms, with what is new in each."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from frontdesk.core import paging
from frontdesk.core.tenancy.prepared import Prepared, PreparedObjects
from frontdesk.core.text import gettext as _

from .. import access, formatting, permissions
from ..kinds import Title, thread_kinds
from ..models import Draft, Mention, Message, ReadMark, Room, Thread
from ..rooms import belonging
from ..rooms.prepared import ByRole, Own

ORDER = ["-last_at", "-id"]


@dataclass(frozen=True)
class Row:
    """A thread as its list shows it, at the address that `page` names: `unread` messages, `mentioned` in one of them,
    the begun `draft`."""

    thread: Thread
    page: str
    title: Title
    preview: str
    author_id: UUID | None
    author: str
    unread: int
    mentioned: bool
    draft: str


class Last(NamedTuple):
    """The newest message of a thread."""

    id: UUID
    author_id: UUID | None
    author: str | None
    signed: str
    html: str
    deleted_at: datetime | None


@dataclass(frozen=True)
class _News:
    """What belongs to a page of threads, by thread; the newest messages by their own ids."""

    titles: dict[UUID, Title]
    last: dict[UUID, Last]
    marks: dict[UUID, int]
    mentioned: set[UUID]
    drafts: dict[UUID, str]


# What a list asks each time it is shown, by statements that are made once.
LAST = Prepared(
    lambda ids: Message.objects.filter(pk__in=ids).values_list(
        "id", "author_id", "author__name", "signed", "html", "deleted_at"
    )
)
MARKS = Prepared(
    lambda member_id, ids: ReadMark.objects.filter(member_id=member_id, thread_id__in=ids).values_list(
        "thread_id", "number"
    )
)
DRAFTS = Prepared(
    lambda member_id, ids: Draft.objects.filter(author_id=member_id, thread_id__in=ids, send_at=None).values_list(
        "thread_id", "body"
    )
)


def _unread_mentions(member_id: UUID, thread_ids: list[UUID]) -> QuerySet:
    own = Mention.objects.filter(member_id=member_id, message__thread_id__in=thread_ids, message__deleted_at=None)
    read = ReadMark.objects.filter(
        member_id=member_id, thread_id=OuterRef("message__thread_id"), number__gte=OuterRef("message__number")
    )
    return own.exclude(Exists(read)).values_list("message__thread_id")


MENTIONS = Prepared(_unread_mentions)


def _newest(own: Own) -> PreparedObjects:
    """The newest rooms of somebody, with their threads."""

    def build(*values) -> QuerySet:
        found = Room.objects.filter(thread_id__in=belonging.threads_in(own(*values)))
        return found.order_by("-thread__last_at", "-thread__id")[: paging.LIMIT + 1]

    return PreparedObjects(Room, {"thread": Thread}, build)


NEWEST = ByRole(_newest)


def titles(actor, threads: list[Thread]) -> dict[UUID, Title]:
    """What threads of any kind are called for the actor."""
    by_kind: dict[str, list[Thread]] = {}
    for thread in threads:
        by_kind.setdefault(thread.kind, []).append(thread)
    made: dict[UUID, Title] = {}
    for kind, some in by_kind.items():
        made |= thread_kinds[kind].titles(actor, some)
    return made


def title_of(actor, thread: Thread) -> Title:
    """What a thread is called for the actor."""
    return titles(actor, [thread])[thread.pk]


def _news(actor, threads: list[Thread]) -> _News:
    ids = [thread.pk for thread in threads]
    newest = [thread.last_message_id for thread in threads if thread.last_message_id]
    last = {row[0]: Last(*row) for row in LAST(newest)} if newest else {}
    mentioned = {row[0] for row in MENTIONS(actor.id, ids)}
    return _News(titles(actor, threads), last, dict(MARKS(actor.id, ids)), mentioned, dict(DRAFTS(actor.id, ids)))


def preview(message) -> str:
    """The first words of a newest message, given as a row with its `html` and `deleted_at`; "" for none."""
    if message is None:
        return ""
    if message.deleted_at:
        return _("This message was deleted.")
    return formatting.excerpt(message.html) or _("File")


def _row(actor, thread: Thread, news: _News, counted: bool) -> Row:
    last = news.last.get(thread.last_message_id) if thread.last_message_id else None
    unread = thread.last_number - news.marks.get(thread.pk, 0) if counted else 0
    return Row(
        thread, thread_kinds[thread.kind].page(actor), news.titles[thread.pk], preview(last),
        last.author_id if last else None, (last.author or last.signed) if last else "", max(unread, 0),
        thread.pk in news.mentioned, news.drafts.get(thread.pk, ""),
    )  # fmt: skip


def _rows(actor, threads: list[Thread], counted: bool = True) -> list[Row]:
    if not threads:
        return []
    news = _news(actor, threads)
    return [_row(actor, thread, news, counted) for thread in threads]


def _scope(actor, everything: bool) -> QuerySet[Thread]:
    if everything:
        access.require(actor, permissions.OVERSEE)
        return Thread.objects.filter(kind=belonging.KIND, last_number__gt=0)
    return access.listed_threads(actor)


def _first(actor) -> list[Thread]:
    """The newest threads of the actor's rooms, each with its room."""
    read, found = NEWEST.of(actor), []
    for room in read[0](*read[1]) if read else ():
        room.thread.known_room = room
        found.append(room.thread)
    return found


def rooms(actor, *, everything: bool = False, after: str = "", limit: int = paging.LIMIT) -> paging.Page:
    """A page of the actor's rooms and what is listed with them, as rows, the latest news first; `everything` is
    every room in which something was said, for admins. Raises Invalid for a bad cursor, Forbidden."""
    if not (everything or after or actor.is_portal) and limit == paging.LIMIT:
        found = paging.split(_first(actor), ORDER)
    else:
        found = paging.page(_scope(actor, everything), ORDER, after=after, limit=limit)
    rows = _rows(actor, found.rows, not everything)
    return paging.Page(_without_unseen(actor, rows) if everything else rows, found.after, found.before)


def _without_unseen(actor, rows: list[Row]) -> list[Row]:
    """Without what was said last where the actor takes no part: reading there is recorded, a list is not."""
    others = [row.thread.pk for row in rows if row.thread.client_id is None]
    own = set(belonging.threads_of(actor).filter(pk__in=others).values_list("pk", flat=True))
    hidden = set(others) - own
    return [replace(row, preview="", author="", author_id=None) if row.thread.pk in hidden else row for row in rows]


def row_of(actor, thread: Thread) -> Row:
    """One thread's row."""
    return _rows(actor, [thread])[0]

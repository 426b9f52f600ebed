"""The inbox: conversations by state and by whose they are, the latest first, with what a list shows of each."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from frontdesk.accounts.models import Member
from frontdesk.channels.registry import channels
from frontdesk.clients.access import sees_all
from frontdesk.clients.models import Assignment, Client, ClientTag
from frontdesk.clients.queries import matching
from frontdesk.core import paging
from frontdesk.core.errors import Invalid
from frontdesk.core.permissions import TEAM
from frontdesk.core.tenancy.prepared import Prepared, PreparedObjects, number_of
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.messaging.models import Message, Thread
from frontdesk.messaging.queries import DRAFTS, MARKS, preview

from .. import access
from ..models import Conversation, State

ORDER = ["-last_at", "-id"]
BOXES = [*State.choices, ("all", _lazy("All"))]
WHOSE = [("mine", _lazy("Assigned to me")), ("unassigned", _lazy("Unassigned")), ("", _lazy("Everybody's"))]
MOST_COUNTED = 100


@dataclass(frozen=True)
class Filters:
    """Which conversations: `state` one of BOXES, `whose` "mine", "unassigned" or "", narrowed to a member's, a team's
    or those of clients with a tag; `waiting` leaves only those in which the client waits for an answer, `q` those of
    clients whom the words find by name, number or address."""

    state: str = State.OPEN.value
    whose: str = ""
    member: UUID | None = None
    team: UUID | None = None
    tag: UUID | None = None
    waiting: bool = False
    q: str = ""


class Last(NamedTuple):
    """The newest message of a conversation."""

    id: UUID
    author_id: UUID | None
    author: str | None
    role: str | None
    signed: str
    html: str
    deleted_at: datetime | None

    @property
    def from_team(self) -> bool:
        """Whether the business wrote it."""
        return self.role in TEAM


@dataclass(frozen=True)
class Row:
    """A conversation as the inbox shows it."""

    conversation: Conversation
    preview: str
    last: Last | None
    unread: bool
    draft: str
    tags: list[tuple[str, int]]

    @property
    def icon(self) -> str:
        """The sign of the channel of the newest message."""
        known = channels.get(self.conversation.channel)
        return str(known.icon) if known else "message"


LAST = Prepared(
    lambda ids: Message.objects.filter(pk__in=ids).values_list(
        "id", "author_id", "author__name", "author__role", "signed", "html", "deleted_at"
    )
)
TAGS = Prepared(
    lambda ids: (
        ClientTag.objects.filter(client_id__in=ids)
        .order_by("tag__key")
        .values_list("client_id", "tag__name", "tag__hue")
    )
)
LOADED = PreparedObjects(
    Conversation, {"client": Client, "thread": Thread, "assignee": Member},
    lambda ids: Conversation.objects.filter(pk__in=ids),
    only={"client": ("id", "name"), "thread": ("id", "last_number", "last_message_id"), "assignee": ("id", "name")},
)  # fmt: skip


def checked(filters: Filters) -> Filters:
    """The filters; raises Invalid for a state or owner that there is not."""
    if filters.state not in dict(BOXES):
        raise Invalid({"state": [_("Choose from the list.")]})
    if filters.whose not in dict(WHOSE):
        raise Invalid({"whose": [_("Choose from the list.")]})
    return filters


def _narrowed(actor, filters: Filters) -> QuerySet[Conversation]:
    found = access.conversations_for(actor).filter(last_at__isnull=False)
    if filters.state != "all":
        found = found.filter(state=filters.state)
    if filters.whose == "mine":
        found = found.filter(assignee_id=actor.id)
    elif filters.whose == "unassigned":
        found = found.filter(assignee_id=None)
    if filters.waiting:
        found = found.filter(waiting_since__isnull=False)
    if filters.member:
        found = found.filter(assignee_id=filters.member)
    if filters.team:
        found = found.filter(team_id=filters.team)
    if filters.tag:
        found = found.filter(client_id__in=ClientTag.objects.filter(tag_id=filters.tag).values("client_id"))
    clients = matching(actor, filters.q)
    if clients is not None:
        found = found.filter(client_id__in=clients)
    return found


def belongs(actor, conversation: Conversation, filters: Filters) -> bool:
    """Whether a conversation stands in a list with these filters."""
    return _narrowed(actor, filters).filter(pk=conversation.pk).exists()


def inbox(actor, filters: Filters, *, after: str = "", before: str = "", limit: int = paging.LIMIT) -> paging.Page:
    """A page of conversations as rows; raises Invalid for a bad filter or cursor."""
    wanted = _narrowed(actor, checked(filters)).only("id", "last_at")
    found = paging.page(wanted, ORDER, after=after, before=before, limit=limit)
    return replace(found, rows=_rows(actor, [row.pk for row in found.rows]))


def place_of(row: Row) -> str:
    """The cursor that stands for a row."""
    return paging.cursor_of(row.conversation, ORDER)


def _rows(actor, ids: list[UUID]) -> list[Row]:
    if not ids:
        return []
    by_id = {row.pk: row for row in LOADED(ids)}
    found = [by_id[pk] for pk in ids]
    threads = [row.thread_id for row in found]
    newest = [row.thread.last_message_id for row in found if row.thread.last_message_id]
    last = {row[0]: Last(*row) for row in LAST(newest)} if newest else {}
    marks, drafts = dict(MARKS(actor.id, threads)), dict(DRAFTS(actor.id, threads))
    tags: dict[UUID, list[tuple[str, int]]] = {}
    for client_id, name, hue in TAGS([row.client_id for row in found]):
        tags.setdefault(client_id, []).append((name, hue))
    return [_row(row, last.get(row.thread.last_message_id), marks, drafts, tags) for row in found]


def _row(conversation: Conversation, last: Last | None, marks: dict, drafts: dict, tags: dict) -> Row:
    thread = conversation.thread
    unread = thread.last_number > marks.get(thread.pk, 0) and not (last is not None and last.from_team)
    own = tags.get(conversation.client_id, [])
    return Row(conversation, preview(last), last, unread, drafts.get(thread.pk, ""), own)


def row_of(actor, conversation: Conversation) -> Row:
    """One conversation's row."""
    return _rows(actor, [conversation.pk])[0]


def _waiting(conditions: Q) -> QuerySet:
    found = Conversation.objects.filter(conditions, state=State.OPEN.value, waiting_since__isnull=False)
    return found.order_by().values_list("pk")[:MOST_COUNTED]


def _ones(member_id: UUID) -> Q:
    return Q(assignee_id=member_id) | Q(assignee_id=None)


def _served(member_id: UUID) -> Q:
    return Q(client_id__in=Assignment.objects.filter(member_id=member_id).values("client_id"))


WAITING = Prepared(lambda member_id: _waiting(_ones(member_id)))
WAITING_SERVED = Prepared(lambda member_id: _waiting(_ones(member_id) & _served(member_id)))


def waiting_part(actor) -> tuple[str, list] | None:
    """A statement for how many conversations wait for an answer of the actor's: theirs, and those that are nobody's;
    it counts to 100. None for the portal."""
    if actor.id is None or not actor.is_team:
        return None
    sql, params = (WAITING if sees_all(actor) else WAITING_SERVED).part(actor.id)
    return f"SELECT COUNT(*) FROM ({sql}) waiting", params


def waiting_count(actor) -> int:
    """That number."""
    return number_of(waiting_part(actor))

"""Finding messages: any part of any word, the newest first, among those that the actor may read as one who takes part.

Rooms that an admin merely oversees are left out: a look into them is recorded, a search could not be.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from frontdesk.accounts.models import Member
from frontdesk.core import paging
from frontdesk.core.tenancy.context import current_account_id
from frontdesk.core.tenancy.prepared import PreparedObjects
from frontdesk.search.models import SearchEntry
from frontdesk.search.texts import SHORTEST, like, trigrams, words_of

from .formatting import excerpt
from .kinds import thread_kinds
from .models import Message, Thread

PAGE = 30
SQLITE = """
SELECT m.id, m.document FROM messaging_text CROSS JOIN messaging_message m ON m.document = messaging_text.rowid
WHERE messaging_text MATCH %s AND messaging_text.rowid < %s AND m.account_id = %s AND {matches}
AND {visible} ORDER BY messaging_text.rowid DESC LIMIT %s
"""
POSTGRESQL = """
SELECT m.id, m.document FROM messaging_message m
WHERE m.document < %s AND m.account_id = %s AND {matches} AND {visible}
ORDER BY m.document DESC LIMIT %s
"""
NEWEST = 2**63 - 1


@dataclass(frozen=True)
class Found:
    """A page of messages, the newest first; `after` leads to older ones, None on the last page."""

    messages: list[Message]
    after: str | None


def _account():
    field = SearchEntry._meta.get_field("account").target_field
    return field.get_db_prep_value(current_account_id(), connection)


FOUND = PreparedObjects(
    Message, {"author": Member, "thread": Thread}, lambda ids: Message.objects.filter(pk__in=ids)
)  # fmt: skip


def _visible(actor, thread: Thread | None) -> tuple[str, list] | None:
    """The condition on threads in which the actor takes part, of every kind; on one only when that is asked for."""
    parts = [part for kind in thread_kinds if (part := kind.found(actor)) is not None]
    if not parts:
        return None
    sql = " OR ".join(part[0] for part in parts)
    params = [value for part in parts for value in part[1]]
    if thread is None:
        return f"({sql})", params
    return f"({sql}) AND m.thread_id = %s", [*params, _stored(thread.pk)]


def _stored(value: UUID):
    return Thread._meta.pk.get_db_prep_value(value, connection)


def _ids(words: list[str], visible: tuple[str, list], before: int, limit: int) -> list[tuple[UUID, int]]:
    """(id, document) of the newest messages that match."""
    matches = " AND ".join(["m.folded LIKE %s ESCAPE '\\'"] * len(words))
    start = [before, _account()]
    if connection.vendor == "sqlite":
        start = [trigrams([word for word in words if len(word) >= SHORTEST]), *start]
    statement = (SQLITE if connection.vendor == "sqlite" else POSTGRESQL).format(matches=matches, visible=visible[0])
    with connection.cursor() as cursor:
        cursor.execute(statement, [*start, *map(like, words), *visible[1], limit])
        return [(one if isinstance(one, UUID) else UUID(hex=one), document) for one, document in cursor.fetchall()]


def search(actor, query: str, *, thread: Thread | None = None, after: str = "", limit: int = PAGE) -> Found:
    """What the actor finds under a query, in one thread or in all of theirs; nothing for words of under three letters.

    Raises Invalid for a bad cursor.
    """
    words, visible = words_of(query), _visible(actor, thread)
    if visible is None or not any(len(word) >= SHORTEST for word in words):
        return Found([], None)
    (before,) = paging.decode(after, 1) if after else [NEWEST]
    found = _ids(words, visible, before if isinstance(before, int) else 0, limit + 1)
    rows = FOUND([message_id for message_id, _document in found[:limit]])
    more = paging.encode([found[limit - 1][1]]) if len(found) > limit else None
    return Found(sorted(rows, key=lambda row: -row.document), more)


def recent(actor, query: str, limit: int) -> list[tuple[UUID, str, str]]:
    """For the search of everything: id, first words and author of the newest messages that match."""
    found = search(actor, query, limit=limit).messages
    return [(row.pk, excerpt(row.html), row.writer) for row in found]

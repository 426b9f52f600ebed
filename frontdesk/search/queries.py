"""Finding: any part of any word, by what the actor may see, best matches first.

Candidates are taken from the text index up to CANDIDATES, then ranked: titles that begin with the words,
titles with a word that begins so, all others; a search that matches more should be made longer.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from frontdesk.core.tenancy.context import current_account_id

from .models import SearchEntry
from .registry import SearchKind, search_kinds
from .texts import SHORTEST, like, trigrams, words_of

CANDIDATES = 200


@dataclass(frozen=True)
class Hit:
    """One thing found."""

    kind: SearchKind
    object_id: UUID
    client_id: UUID | None
    title: str
    detail: str


def _subselect(queryset) -> tuple[str, tuple]:
    sql, params = queryset.query.get_compiler(connection=connection).as_sql()
    return sql, tuple(params)


def _visibility(actor, kinds: list[SearchKind]) -> tuple[str, list]:
    """The condition that leaves only what the actor may see, kind by kind."""
    parts, params = [], []
    for kind in kinds:
        visible = kind.clients_of(actor) if kind.clients_of else None
        if visible is None:
            parts.append("e.kind = %s")
            params.append(kind.key)
        else:
            sql, inner = _subselect(visible)
            parts.append(f"(e.kind = %s AND e.client_id IN ({sql}))")
            params += [kind.key, *inner]
    return "(" + " OR ".join(parts) + ")", params


def _candidates(words: list[str], account: str | UUID) -> tuple[str, list]:
    """FROM and WHERE of the matching entries, through the index that serves words of this length."""
    matches = " AND ".join(["e.text LIKE %s ESCAPE '\\'"] * len(words))
    likes = [like(word) for word in words]
    long_words = [word for word in words if len(word) >= SHORTEST]
    if not long_words:
        first = words[0]
        return (
            "search_searchentry e WHERE e.account_id = %s AND e.sort_key >= %s AND e.sort_key < %s AND " + matches,
            [account, first, first + "\U0010ffff", *likes],
        )
    if connection.vendor == "sqlite":
        return (
            "search_text CROSS JOIN search_searchentry e ON e.document = search_text.rowid AND e.account_id = %s"
            " WHERE search_text MATCH %s AND " + matches,
            [account, trigrams(long_words), *likes],
        )
    return "search_searchentry e WHERE e.account_id = %s AND " + matches, [account, *likes]


RANK = "CASE WHEN c.sort_key LIKE %s ESCAPE '\\' THEN 0 WHEN ' ' || c.sort_key LIKE %s ESCAPE '\\' THEN 1 ELSE 2 END"


def _account_parameter() -> str | UUID:
    field = SearchEntry._meta.get_field("account").target_field
    return field.get_db_prep_value(current_account_id(), connection)


def _indexed(actor, words: list[str], kinds: list[SearchKind], limit: int) -> list[Hit]:
    """What the index has of these kinds."""
    source, params = _candidates(words, _account_parameter())
    visible, visible_params = _visibility(actor, kinds)
    start = like(" ".join(words))[1:]
    sql = (
        f"SELECT c.kind, c.object_id, c.client_id, c.title, c.detail FROM (SELECT e.* FROM {source} AND {visible}"
        f" LIMIT {CANDIDATES}) c ORDER BY {RANK}, c.sort_key, c.object_id LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, *visible_params, start, "% " + start, limit])
        rows = cursor.fetchall()
    return [_hit(row) for row in rows]


def search(actor, query: str, *, kinds: list[str] | None = None, limit: int = 8) -> list[Hit]:
    """What the actor finds under a query, best first; empty for an empty query."""
    words = words_of(query)
    allowed = [k for k in search_kinds if (kinds is None or k.key in kinds) and actor.may(k.permission)]
    if not words or not allowed:
        return []
    indexed = [kind for kind in allowed if kind.find is None]
    found = _indexed(actor, words, indexed, limit) if indexed else []
    for kind in allowed:
        if kind.find is not None:
            found += [Hit(kind, pk, None, title, detail) for pk, title, detail in kind.find(actor, query, limit)]
    return found


def _hit(row: tuple) -> Hit:
    kind, object_id, client_id, title, detail = row
    return Hit(search_kinds[kind], _uuid(object_id), None if client_id is None else _uuid(client_id), title, detail)


def _uuid(value) -> UUID:
    return value if isinstance(value, UUID) else UUID(hex=value)


def matching_ids(actor, query: str, kind: str, limit: int = CANDIDATES) -> list[UUID]:
    """The ids of at most `limit` objects of one kind that match, for lists that filter by words."""
    return [hit.object_id for hit in search(actor, query, kinds=[kind], limit=limit)]

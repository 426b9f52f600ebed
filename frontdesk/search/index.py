"""Keeping the index: called by the actions that change what can be found, in their transaction."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from frontdesk.core.fold import fold
from frontdesk.core.ids import uuid7s
from frontdesk.core.tenancy.bulk import bulk_insert
from frontdesk.core.tenancy.context import account_context, across_accounts

from .models import SearchEntry, document_number
from .texts import TextIndex

ROWS_AT_ONCE = 2000


@dataclass(frozen=True)
class Findable:
    """How one thing is found: `texts` are all its words (names, addresses, numbers) besides the title."""

    kind: str
    object_id: UUID
    client_id: UUID | None
    title: str
    detail: str
    texts: tuple[str, ...]

    @property
    def folded(self) -> str:
        """Everything that matches, folded; parts are kept apart so that no match runs across two of them."""
        return " | ".join(fold(part) for part in (self.title, *self.texts) if part)


TEXTS = TextIndex("search_text")
COLUMNS = ("id", "document", "kind", "object_id", "client_id", "title", "detail", "sort_key", "text")


def _row(entry_id: UUID, thing: Findable) -> tuple:
    return (
        entry_id, document_number(entry_id), thing.kind, thing.object_id, thing.client_id,
        thing.title[:200], thing.detail[:200], fold(thing.title)[:200], thing.folded,
    )  # fmt: skip


def add(things: Iterable[Findable]) -> None:
    """Index things that are new."""
    things = list(things)
    rows = [_row(entry_id, thing) for entry_id, thing in zip(uuid7s(len(things)), things, strict=True)]
    with transaction.atomic(savepoint=False):
        bulk_insert(SearchEntry, COLUMNS, rows)
        TEXTS.add([(row[1], row[-1]) for row in rows])


def remove(kind: str, object_ids: Iterable[UUID]) -> None:
    """Forget things."""
    gone = SearchEntry.objects.filter(kind=kind, object_id__in=list(object_ids))
    TEXTS.remove(gone.values_list("document", "text"))
    gone.delete()


def update(things: Iterable[Findable]) -> None:
    """Index things anew whose words may have changed."""
    things = list(things)
    by_kind: dict[str, list[UUID]] = {}
    for thing in things:
        by_kind.setdefault(thing.kind, []).append(thing.object_id)
    for kind, object_ids in by_kind.items():
        remove(kind, object_ids)
    add(things)


def rebuild() -> None:
    """Fill SQLite's empty text index from the entries of all accounts, after a backup was restored."""
    with across_accounts():
        accounts = list(SearchEntry.objects.values_list("account_id", flat=True).distinct().order_by())
    for account_id in accounts:
        with account_context(account_id), transaction.atomic():
            rows = SearchEntry.objects.values_list("document", "text").iterator(ROWS_AT_ONCE)
            while some := list(itertools.islice(rows, ROWS_AT_ONCE)):
                TEXTS.add(some)

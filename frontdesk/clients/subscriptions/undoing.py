"""What taking a change back does to subscriptions: it is history too."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.utils import timezone

from .changing import note, refresh, rows_of
from .models import Source
from .rule import KINDS, Kind, may_message_many


def _counting(ids: list[UUID]) -> dict[tuple[UUID, Kind], bool]:
    """Client and kind to whether messages may go out."""
    return {(pk, kind): answer.allowed for kind in KINDS for pk, answer in may_message_many(ids, *kind).items()}


@contextmanager
def noted(actor, ids: list[UUID]) -> Iterator[None]:
    """Note what the block changes in the clients' subscriptions."""
    before = {key: row.subscribed for key, row in rows_of(ids).items()}
    yield
    after = {key: row.subscribed for key, row in rows_of(ids).items()}
    counts = _counting(ids)
    happened = [(*key, counts[key]) for key in sorted(before | after) if before.get(key) != after.get(key)]
    note(actor, timezone.now(), happened, Source.UNDO.value)
    refresh(ids)

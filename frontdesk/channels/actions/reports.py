"""Providers tell what became of messages: late, twice, in any order."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..changing import may_move, reported
from ..models import Dispatch, State
from ..outcomes import FIELDS, move


def _found(channel: str, dispatch_id: UUID | None, provider_id: str) -> Dispatch | None:
    rows = Dispatch.objects.select_for_update().filter(channel=channel)
    if dispatch_id is not None:
        return rows.filter(pk=dispatch_id).first()
    # Ordered here: asked for the newest, SQLite would read all messages of the channel backwards.
    found = list(rows.filter(provider_id=provider_id)[:10]) if provider_id else []
    return max(found, key=lambda row: row.pk, default=None)


def _of_this_attempt(row: Dispatch, state: str, provider_id: str) -> bool:
    """A failure of an attempt that somebody has repeated is old news; that it arrived after all is not."""
    if not provider_id or provider_id == row.provider_id or not (row.provider_id or row.former_id):
        return True
    if provider_id == row.former_id:
        return state in (State.DELIVERED, State.READ)
    return not row.provider_id


def moved(
    account, channel: str, state: str, *, dispatch_id: UUID | None = None, provider_id: str = "", reason: str = "",
    detail: str = "", at: datetime | None = None, segments: int = 0,
) -> Dispatch | None:  # fmt: skip
    """Note a provider's report about a message of the account in context; None for one that is nobody's or no news.

    The message is named by its own id where the report brings it, else by the provider's.
    """
    with transaction.atomic():
        row = _found(channel, dispatch_id, provider_id)
        if row is None or not _of_this_attempt(row, state, provider_id) or not may_move(row, state):
            return None
        move(row, state, at or timezone.now(), reason, detail)
        row.uncertain = False
        row.provider_id = row.provider_id or provider_id[:200]
        row.segments = row.segments or segments
        row.save(update_fields=FIELDS)
        reported([row], account)
    return row

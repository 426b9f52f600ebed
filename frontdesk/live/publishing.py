"""Telling open pages: `publish` lasts and is caught up on, `whisper` reaches those who are there now."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.db import transaction

from . import transport
from .models import LiveEvent
from .topics import ACCESS


def _wake() -> None:
    transport.send("wake")


def _wake_after_commit() -> None:
    """Once a transaction, however much it publishes."""
    if not any(call[1] is _wake for call in transaction.get_connection().run_on_commit):
        transaction.on_commit(_wake)


def publish(account_id: UUID, topic: str, kind: str, data: dict | None = None) -> None:
    """Tell whoever follows a topic, once the caller's transaction is committed; `data` holds ids, numbers, states."""
    publish_many(account_id, [(topic, kind, data)])


def publish_many(account_id: UUID, events: Iterable[tuple[str, str, dict | None]]) -> None:
    """As `publish`, for many (topic, kind, data) in one statement, told in this order."""
    rows = [LiveEvent(account_id=account_id, topic=topic, kind=kind, data=data or {}) for topic, kind, data in events]
    if rows:
        LiveEvent.objects.bulk_create(rows)
        _wake_after_commit()


def rights_changed(account_id: UUID, member_ids: Iterable[UUID | str] = ()) -> None:
    """Have open streams reviewed once the caller's transaction is committed: of these members, or of all."""
    members = [str(member_id) for member_id in member_ids]
    publish(account_id, ACCESS, "changed", {"members": members} if members else {})


def whisper(account_id: UUID, topic: str, kind: str, data: dict | None = None) -> None:
    """Tell whoever follows a topic right now, after the caller's transaction; nothing is kept."""
    said = {"account": str(account_id), "topic": topic, "what": kind, "data": data or {}}
    transaction.on_commit(partial(transport.send, "whisper", **said))

"""Telling open pages what changed in a thread."""

from uuid import UUID

from frontdesk.live.publishing import publish

from .models import Message, Thread


def tell_thread(thread: Thread, kind: str, *, message: Message | None = None, **more) -> None:
    """Publish an event of a thread, in the caller's transaction; `more` are ids, numbers and states."""
    data = {key: str(value) if isinstance(value, UUID) else value for key, value in more.items()}
    if message is not None:
        data |= {"message": str(message.pk), "n": message.number}
    publish(thread.account_id, f"thread:{thread.pk}", kind, data)


def tell_member(account_id: UUID, member_id: UUID, kind: str, **data) -> None:
    """Publish an event for all devices of one member, in the caller's transaction."""
    publish(account_id, f"me:{member_id}", kind, data)

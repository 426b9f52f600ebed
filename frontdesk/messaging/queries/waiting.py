"""Drafts, and messages that are sent later."""

from frontdesk.core import paging
from frontdesk.core.tenancy.prepared import PreparedObjects

from ..models import Draft, Thread

BEGUN = PreparedObjects(
    Draft, {}, lambda thread_id, author_id: Draft.objects.filter(thread_id=thread_id, author_id=author_id, send_at=None)
)
WAITING = PreparedObjects(
    Draft, {},
    lambda thread_id, author_id: (
        Draft.objects.filter(thread_id=thread_id, author_id=author_id, send_at__isnull=False)
        .order_by("send_at", "id")[:200]
    ),
)  # fmt: skip


def draft_of(actor, thread: Thread) -> Draft | None:
    """What the actor has begun to write in a thread."""
    return next(iter(BEGUN(thread.pk, actor.id)), None)


def scheduled_in(actor, thread: Thread) -> list[Draft]:
    """The actor's messages that wait in a thread, the next first."""
    return list(WAITING(thread.pk, actor.id))


def scheduled(actor, *, after: str = "", limit: int = paging.LIMIT) -> paging.Page:
    """A page of all messages of the actor's that wait, the next first; raises Invalid for a bad cursor."""
    waiting = Draft.objects.filter(author_id=actor.id, send_at__isnull=False).select_related("thread")
    return paging.page(waiting, ["send_at", "id"], after=after, limit=limit)

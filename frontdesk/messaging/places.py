"""Files of messages: whoever reads the message reads them."""

from uuid import UUID

from frontdesk.core.errors import Forbidden, Missing
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.files.places import Place, register

from . import access
from .models import Draft, Message
from .telling import tell_thread


def _visible(actor, ids: set[UUID]) -> set[UUID]:
    """Messages that are not deleted, in threads that the actor sees; an admin who takes no part goes by the page."""
    rows = Message.objects.filter(pk__in=ids, deleted_at=None).values_list("pk", "thread_id")
    found: dict[UUID, set[UUID]] = {}
    for message_id, thread_id in rows:
        found.setdefault(thread_id, set()).add(message_id)
    return {pk for thread_id, own in found.items() if _sees(actor, thread_id) for pk in own}


def _sees(actor, thread_id: UUID) -> bool:
    try:
        access.get_thread(actor, thread_id)
    except (Missing, Forbidden):
        return False
    return True


def _may_add(actor, message_id: UUID) -> None:
    access.own_message(actor, message_id)


def _changed(ids: set[UUID]) -> None:
    """Open pages show a picture once it is ready."""
    for message in Message.objects.filter(pk__in=ids).select_related("thread"):
        tell_thread(message.thread, "changed", message=message)


def _own_drafts(actor, ids: set[UUID]) -> set[UUID]:
    return set(Draft.objects.filter(pk__in=ids, author_id=actor.id).values_list("pk", flat=True))


def _may_add_to_draft(actor, draft_id: UUID) -> None:
    access.own_scheduled(actor, draft_id)


def plug_in() -> None:
    """Called once at start-up."""
    register(Place("message", _lazy("Messages"), _visible, _may_add, changed=_changed))
    register(Place("draft", _lazy("Waiting to be sent"), _own_drafts, _may_add_to_draft))

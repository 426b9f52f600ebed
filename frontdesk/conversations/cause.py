"""Messages of conversations as what the outbox sends."""

from uuid import UUID

from frontdesk.channels.models import Dispatch
from frontdesk.channels.registry import Cause, causes
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.messaging.models import Message
from frontdesk.messaging.telling import tell_thread
from frontdesk.ui.jinja import url

from .replying import CAUSE, files_of


def _changed(dispatches: list[Dispatch]) -> None:
    """Open pages show how far a message has come."""
    ids = [dispatch.cause_id for dispatch in dispatches]
    for message in Message.objects.filter(pk__in=ids).select_related("thread"):
        tell_thread(message.thread, "changed", message=message)


def _href(message_id: UUID) -> str:
    return url("messaging:go", message_id)


def register() -> None:
    """Called once at start-up."""
    causes.register(CAUSE, Cause(CAUSE, _lazy("Message"), _changed, files_of, _href))

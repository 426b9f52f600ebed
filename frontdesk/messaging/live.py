"""What open pages are told of threads, and who may follow which."""

from uuid import UUID

from django.template.loader import render_to_string

from frontdesk.core.errors import Forbidden, Missing
from frontdesk.live import topics
from frontdesk.live.topics import Event, Reader, Topic

from . import access, permissions, queries
from .kinds import thread_kinds
from .models import Message
from .shapes import message_out


def _may_follow(actor, thread_id: UUID | None) -> bool:
    """Whether the actor sees a thread; one that they oversee is not followed, since each look is recorded."""
    if thread_id is None:
        return False
    try:
        _thread, standing = access.get_thread(actor, thread_id)
    except (Missing, Forbidden):
        return False
    return not standing.oversees


def _render(event: Event, reader: Reader) -> dict | None:
    """The message that an event is about, as it is now."""
    if event.kind not in ("message", "changed"):
        return {}
    message = Message.objects.select_related("author", "thread").filter(pk=event.data["message"]).first()
    if message is None:
        return {}
    (line,) = queries.lines([message], message.thread.kind, in_portal=reader.is_portal)
    if reader.format == "json":
        return {"message": message_out(line)}
    return {"html": render_to_string("messaging/parts/event.html", {"line": line, "actor": NOBODY})}


class _Nobody:
    """The reader of a rendering that is the same for everybody."""

    id = None


NOBODY = _Nobody()


def _may_follow_own(actor, key: UUID | None) -> bool:
    return key is None and actor.may(permissions.READ)


def _own(actor) -> set[str]:
    """The topics of all threads of whose news the actor is told wherever they are."""
    followed = (kind.followed(actor).values_list("pk", flat=True) for kind in thread_kinds)
    return {f"thread:{pk}" for ids in followed for pk in ids}


def register() -> None:
    """Called once at start-up."""
    topics.register(Topic("thread", _may_follow, _render))
    topics.register(Topic("rooms", _may_follow_own, expand=_own))

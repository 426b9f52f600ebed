"""Who is told of new messages: those whom a thread reaches and who have not read them meanwhile."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from frontdesk.activity.reactions import Happening
from frontdesk.core.permissions import EVERYONE
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.core.text import ngettext
from frontdesk.notify import kinds
from frontdesk.notify.kinds import NoticeData, NoticeKind, Wording
from frontdesk.ui.jinja import url

from . import access, formatting, permissions, queries
from .kinds import thread_kinds
from .models import Message, ReadMark, Thread

MESSAGE, MENTION = "messages.message", "messages.mention"
# Who has the thread open reads within this time, and needs to be told nothing.
PAUSE = timedelta(seconds=4)


def keys_of(thread_id: UUID) -> list[str]:
    """The keys of everything that is told of a thread."""
    return [f"{MESSAGE}:{thread_id}", f"{MENTION}:{thread_id}"]


def _thread_key(happening: Happening) -> str:
    return happening.data["thread"]


def _still_there(happening: Happening) -> bool:
    return Message.objects.filter(pk=happening.subject_id, deleted_at=None).exists()


def _unread_by(happening: Happening, member_ids: Iterable[UUID]) -> set[UUID]:
    marks = ReadMark.objects.filter(thread_id=happening.data["thread"], number__gte=happening.data["number"])
    return set(member_ids) - set(marks.values_list("member_id", flat=True))


def _mentioned(happening: Happening) -> set[UUID]:
    return {UUID(text) for text in happening.data.get("mentions", [])}


def _told(happening: Happening) -> set[UUID]:
    """All whom the thread reaches, but for those who are mentioned: they are told of that."""
    thread = Thread.objects.filter(pk=happening.data["thread"]).first()
    if thread is None or not _still_there(happening):
        return set()
    return _unread_by(happening, thread_kinds[thread.kind].told(thread)) - _mentioned(happening)


def _told_of_mention(happening: Happening) -> set[UUID]:
    return _unread_by(happening, _mentioned(happening)) if _still_there(happening) else set()


def _load(notices: list[NoticeData], reader) -> dict[UUID, tuple[str, str]]:
    """Message id -> name of its room and first words, of messages that the reader may see now."""
    rows = Message.objects.filter(pk__in=[notice.subject_id for notice in notices], deleted_at=None)
    found = list(rows.filter(thread_id__in=access.threads_of(reader).values("pk")).select_related("thread"))
    names = queries.titles(reader, [row.thread for row in found])
    return {row.pk: (names[row.thread_id].name, formatting.excerpt(row.html) or _("File")) for row in found}


def _wording(notice: NoticeData, reader) -> Wording | None:
    found = notice.loaded.get(notice.subject_id)
    if found is None or not reader.may(permissions.READ):
        return None
    room, text = found
    title = notice.who if room == notice.who else _("%(who)s in %(room)s", who=notice.who, room=room)
    if notice.count > 1:
        title = ngettext("%(num)s message in %(room)s", "%(num)s messages in %(room)s", notice.count, room=room)
    return Wording(title, text, url("messaging:go", notice.subject_id))


def _mention_wording(notice: NoticeData, reader) -> Wording | None:
    found = notice.loaded.get(notice.subject_id)
    if found is None or not reader.may(permissions.READ):
        return None
    room, text = found
    title = _("%(who)s mentioned you in %(room)s", who=notice.who, room=room)
    return Wording(title, text, url("messaging:go", notice.subject_id))


def register() -> None:
    """Called once at start-up."""
    kinds.areas.register(
        "messages",
        kinds.Area("messages", _lazy("Messages"), "messages", "messaging:list", queries.unread_part, order=10),
    )
    # Without a place of their own in the navigation, so that they count at the bell.
    kinds.areas.register("mentions", kinds.Area("mentions", _lazy("Mentions"), "at", order=5))
    kinds.register(
        NoticeKind(
            MESSAGE, _lazy("New messages"), _lazy("Somebody wrote in a conversation of yours."), "messages", EVERYONE,
            ("message.posted",), _told, _wording, _thread_key, {"app": False, "push": True, "mail": False}, _load,
            icon="message", order=10, pause=PAUSE,
        )
    )  # fmt: skip
    kinds.register(
        NoticeKind(
            MENTION, _lazy("Mentions"), _lazy("Somebody mentioned you in a message."), "mentions", EVERYONE,
            ("message.posted", "message.edited"), _told_of_mention, _mention_wording, _thread_key,
            dict(kinds.EVERYWHERE), _load, icon="at", order=20, pause=PAUSE,
        )
    )  # fmt: skip

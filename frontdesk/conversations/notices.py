"""Who of the team is told of what clients write, of notes that mention them, and of what becomes their work."""

from uuid import UUID

from django.db.models import Q

from frontdesk.activity.reactions import Happening
from frontdesk.core.permissions import TEAM
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.core.text import ngettext
from frontdesk.messaging.formatting import excerpt
from frontdesk.messaging.models import Message, ReadMark
from frontdesk.messaging.notices import PAUSE
from frontdesk.notify import kinds
from frontdesk.notify.kinds import NoticeData, NoticeKind, Wording
from frontdesk.ui.jinja import url

from . import access, permissions, queries
from .assigning import AMONG_OTHERS
from .kind import responsible
from .models import PUBLIC, Conversation, Envelope, State

AREA, MESSAGE, ASSIGNED = "inbox", "conversations.message", "conversations.assigned"


def keys_of(conversation: Conversation) -> list[str]:
    """The keys of everything that the team is told of a conversation."""
    return [f"{MESSAGE}:{conversation.thread_id}", f"{ASSIGNED}:{conversation.pk}"]


def _written(happening: Happening) -> set[UUID]:
    """Those whose work the conversation is, when the client wrote and they have not read it meanwhile."""
    if happening.data.get("kind") != PUBLIC:
        return set()
    message = Message.objects.select_related("author").filter(pk=happening.subject_id, deleted_at=None).first()
    if message is None or (message.author is not None and message.author.is_team):
        return set()
    conversation = Conversation.objects.filter(thread_id=message.thread_id).exclude(state=State.CLOSED).first()
    # Of what machines wrote, or what looks like it, nobody is told, nor of what the business itself sent.
    unheard = Envelope.objects.filter(Q(outgoing=True) | Q(automatic=True), message_id=message.pk)
    if conversation is None or unheard.exists():
        return set()
    read = ReadMark.objects.filter(thread_id=message.thread_id, number__gte=message.number)
    return responsible(conversation) - set(read.values_list("member_id", flat=True))


def _assignee(happening: Happening) -> set[UUID]:
    """Of what comes and goes with an absence people are told once, not of each conversation."""
    if happening.data.get("gathered"):
        return set()
    return {UUID(happening.data["member"])}


def _messages(notices: list[NoticeData], reader) -> dict[UUID, tuple[str, str]]:
    """Message id -> client and first words, of conversations that the reader sees now."""
    rows = Message.objects.filter(pk__in=[notice.subject_id for notice in notices], deleted_at=None)
    seen = access.conversations_for(reader).filter(thread_id__in=[row.thread_id for row in rows])
    names = dict(seen.values_list("thread_id", "client__name"))
    return {row.pk: (names[row.thread_id], excerpt(row.html)) for row in rows if row.thread_id in names}


def _conversations(notices: list[NoticeData], reader) -> dict[UUID, str]:
    seen = access.conversations_for(reader).filter(pk__in=[notice.subject_id for notice in notices])
    return dict(seen.values_list("pk", "client__name"))


def _say_written(notice: NoticeData, reader) -> Wording | None:
    found = notice.loaded.get(notice.subject_id)
    if found is None or not reader.may(permissions.VIEW):
        return None
    name, text = found
    title = _("%(name)s wrote", name=name)
    if notice.count > 1:
        title = ngettext("%(num)s message from %(name)s", "%(num)s messages from %(name)s", notice.count, name=name)
    return Wording(title, text or _("File"), url("messaging:go", notice.subject_id))


def _one_for_all(happening: Happening) -> str:
    """What else went the same way from the same colleague is told in the same notice."""
    if happening.data.get(AMONG_OTHERS):
        return str(happening.data["before"])
    return str(happening.subject_id)


def _say_assigned(notice: NoticeData, reader) -> Wording | None:
    name = notice.loaded.get(notice.subject_id)
    if not reader.may(permissions.VIEW):
        return None
    if notice.count > 1 and AMONG_OTHERS in notice.data:
        title = ngettext("%(num)s conversation is yours now", "%(num)s conversations are yours now", notice.count)
        return Wording(title, "", url("conversations:list") + "?whose=mine")
    if name is None:
        return None
    title = _("The conversation with %(name)s is yours now", name=name)
    return Wording(title, "", url("conversations:show", notice.subject_id))


def register() -> None:
    """Called once at start-up."""
    kinds.areas.register(
        AREA, kinds.Area(AREA, _lazy("Inbox"), "inbox", "conversations:list", queries.waiting_part, order=8)
    )
    kinds.register(
        NoticeKind(
            MESSAGE, _lazy("Messages from %(clients)s"), _lazy("%(A_client)s wrote in a conversation that is yours."),
            AREA, TEAM, ("message.posted",), _written, _say_written, lambda happening: happening.data["thread"],
            {"app": True, "push": True, "mail": False}, _messages, icon="inbox", order=5, pause=PAUSE,
        )
    )  # fmt: skip
    kinds.register(
        NoticeKind(
            ASSIGNED, _lazy("Conversations given to me"), _lazy("Somebody or a rule gave you a conversation."),
            AREA, TEAM, ("conversation.assigned",), _assignee, _say_assigned,
            _one_for_all, dict(kinds.IN_APP_AND_PUSH), _conversations, icon="user", order=8,
        )
    )  # fmt: skip

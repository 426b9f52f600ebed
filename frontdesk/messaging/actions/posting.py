"""Posting a message."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.ids import uuid7
from frontdesk.core.tenancy.prepared import Prepared
from frontdesk.core.text import gettext as _
from frontdesk.files import actions as files
from frontdesk.files.queries import files_at
from frontdesk.search.models import document_number

from .. import access, formatting, text_index
from ..kinds import thread_kinds
from ..models import Draft, Mention, Message, Thread
from ..models.threads import LONGEST_BODY
from ..telling import tell_thread
from .reading import read_up_to

MOST_FILES = 20
PAUSE = timedelta(hours=1)


@dataclass(frozen=True)
class MessageInput:
    """A message as written: `files` are ids of the sender's own uploads, `key` their identifier of the message.

    One that waited to be sent brings the files of its `draft`. `details` are what the form of the thread's kind adds,
    `signed` names who wrote it where that is no member; what they wrote is `plain` text.
    """

    body: str = ""
    reply_to: UUID | None = None
    files: tuple[UUID, ...] = ()
    key: UUID | None = None
    draft: UUID | None = None
    details: dict = field(default_factory=dict)
    signed: str = ""
    plain: bool = False


def compose(thread: Thread, body: str) -> formatting.Written:
    """How a body reads in a thread, whose people it may mention."""
    names = formatting.names_to_mention(thread_kinds[thread.kind].people(thread)) if "@" in body else {}
    return formatting.write(body, names)


def _has_files(draft_id: UUID | None) -> bool:
    return draft_id is not None and bool(files_at("draft", [draft_id]).get(draft_id))


def checked(thread: Thread, typed: MessageInput) -> str:
    """The cleaned body; raises Invalid naming every field that is wrong."""
    errors = Errors()
    body = errors.block("body", typed.body, LONGEST_BODY)
    if not body and not typed.files and not _has_files(typed.draft):
        errors.add("body", _("Write something, or add a file."))
    if len(typed.files) > MOST_FILES:
        errors.add("files", _("At most %(most)s files in one message.", most=MOST_FILES))
    if typed.reply_to and not Message.objects.filter(thread_id=thread.pk, pk=typed.reply_to).exists():
        errors.add("reply_to", _("There is no such message here."))
    errors.raise_any()
    return body


NUMBER = Prepared(lambda thread_id: Thread.objects.filter(pk=thread_id).values_list("last_number"))


def next_number(thread: Thread, message_id: UUID, at: datetime) -> int:
    """The number of a thread's next message; whoever else posts waits until the caller's transaction ends."""
    row = Thread.objects.filter(pk=thread.pk)
    row.update(last_number=F("last_number") + 1, last_at=at, last_message_id=message_id)
    ((number,),) = NUMBER(thread.pk)
    return number


def _insert(actor, thread: Thread, body: str, written: formatting.Written, typed: MessageInput) -> Message:
    at, message_id = timezone.now(), uuid7()
    made = Message(
        id=message_id, account_id=actor.account_id, thread=thread, number=next_number(thread, message_id, at),
        author_id=actor.id, signed=typed.signed, body=body, html=written.html, folded="",
        document=document_number(message_id), reply_to_id=typed.reply_to, key=typed.key, posted_at=at,
    )  # fmt: skip
    text_index.change(made, written.text)
    made.save(force_insert=True)
    return made


def mention(message: Message, members: Iterable[UUID]) -> list[UUID]:
    """Note whom a message mentions, without its author; gives those who were not mentioned in it before."""
    known = set(Mention.objects.filter(message_id=message.pk).values_list("member_id", flat=True))
    new = [member_id for member_id in members if member_id != message.author_id and member_id not in known]
    for member_id in new:
        Mention.objects.create(account_id=message.account_id, message=message, member_id=member_id)
    return new


def _known(thread: Thread, actor, key: UUID | None) -> Message | None:
    if key is None:
        return None
    return Message.objects.filter(thread_id=thread.pk, key=key, author_id=actor.id).first()


def post(actor, thread: Thread, typed: MessageInput) -> Message:
    """Post a message in a thread that `access.writable` gave; one with a `key` that is there already is given again.

    Raises Invalid, Conflict when the kind of the thread refuses it.
    """
    access.require(actor, access.permissions.WRITE)
    body = checked(thread, typed)
    written = formatting.write_plain(body) if typed.plain else compose(thread, body)
    if found := _known(thread, actor, typed.key):
        return found
    try:
        with transaction.atomic():
            return _post(actor, thread, body, written, typed)
    except IntegrityError:
        # The same message came twice at once: the other one was faster.
        if found := _known(thread, actor, typed.key):
            return found
        raise


def _in_timeline(thread: Thread, message: Message) -> UUID | None:
    """The client in whose timeline the message stands: the first one after a pause, or it would hold little else."""
    fresh = message.number == 1 or message.posted_at - thread.last_at > PAUSE
    return thread.client_id if fresh else None


def _post(actor, thread: Thread, body: str, written: formatting.Written, typed: MessageInput) -> Message:
    message = _insert(actor, thread, body, written, typed)
    mentioned = mention(message, written.mentions) if written.mentions else []
    if typed.files:
        files.attach(actor, list(typed.files), "message", message.pk)
    if typed.draft:
        files.move("draft", typed.draft, "message", message.pk)
    if actor.id is not None:
        Draft.objects.filter(thread_id=thread.pk, author_id=actor.id, send_at=None).delete()
        read_up_to(actor, thread, message.number)
    thread_kinds[thread.kind].posted(actor, thread, message, typed.details)
    data = {"thread": str(thread.pk), "number": message.number, "kind": thread.kind}
    if mentioned:
        data["mentions"] = [str(member_id) for member_id in mentioned]
    if thread.client_id:
        data["client"] = str(thread.client_id)
    record(actor, "message.posted", subject_id=message.pk, client_id=_in_timeline(thread, message), data=data)
    tell_thread(thread, "message", message=message, author=actor.id)
    return message

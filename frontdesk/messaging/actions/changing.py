"""Editing and deleting one's own messages; both leave a trace."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from frontdesk.activity.spine import record
from frontdesk.core.errors import Conflict
from frontdesk.core.text import gettext as _
from frontdesk.files import actions as files

from .. import text_index
from ..kinds import thread_kinds
from ..models import Edition, Message, Reaction, Thread
from ..telling import tell_thread
from .posting import MessageInput, checked, compose, mention

# A deleted message can be brought back for as long; then its text and files are gone for good.
RESTORABLE = timedelta(hours=1)


def _happened(actor, thread: Thread, message: Message, verb: str, **data) -> None:
    data |= {"thread": str(thread.pk), "number": message.number}
    record(actor, verb, subject_id=message.pk, data=data)


def _refuse(message: Message, thread: Thread) -> None:
    """Raise Conflict for a message that is deleted, or is fixed by the kind of its thread."""
    if message.deleted_at is not None:
        raise Conflict(_("This message was deleted."))
    if reason := thread_kinds[thread.kind].fixed(message):
        raise Conflict(reason)


def edit_message(actor, message: Message, thread: Thread, body: str) -> Message:
    """Change the text of a message that `access.own_message` gave; what it said before can still be read.

    Raises Invalid, Conflict for one that can no longer be changed.
    """
    _refuse(message, thread)
    body = checked(thread, MessageInput(body))
    if body == message.body:
        return message
    written = compose(thread, body)
    with transaction.atomic():
        before = message.edited_at or message.posted_at
        Edition.objects.create(
            account_id=message.account_id, message=message, html=message.html, written_at=before
        )  # fmt: skip
        message.body, message.html, message.edited_at = body, written.html, timezone.now()
        text_index.change(message, written.text)
        message.save(update_fields=["body", "html", "folded", "edited_at"])
        mentioned = [str(member_id) for member_id in mention(message, written.mentions)]
        _happened(actor, thread, message, "message.edited", **({"mentions": mentioned} if mentioned else {}))
        tell_thread(thread, "changed", message=message)
    return message


def delete_message(actor, message: Message, thread: Thread) -> Message:
    """Take back a message that `access.own_message` gave; that there was one stays visible. Raises Conflict."""
    _refuse(message, thread)
    with transaction.atomic():
        message.deleted_at, message.deleted_by_id = timezone.now(), actor.id
        text_index.change(message, "")
        message.save(update_fields=["folded", "deleted_at", "deleted_by"])
        _happened(actor, thread, message, "message.deleted")
        tell_thread(thread, "changed", message=message)
    return message


def can_restore(actor, message: Message) -> bool:
    """Whether the actor deleted a message themselves, within the last hour."""
    if message.deleted_at is None or message.deleted_by_id != actor.id:
        return False
    return timezone.now() - message.deleted_at <= RESTORABLE


def restore_message(actor, message: Message, thread: Thread) -> Message:
    """Bring back a message that its author deleted within the last hour; raises Conflict."""
    if message.deleted_at is None:
        return message
    if not can_restore(actor, message):
        raise Conflict(_("This message is gone for good."))
    with transaction.atomic():
        message.deleted_at = message.deleted_by_id = None
        text_index.change(message, compose(thread, message.body).text)
        message.save(update_fields=["folded", "deleted_at", "deleted_by"])
        _happened(actor, thread, message, "message.restored")
        tell_thread(thread, "changed", message=message)
    return message


def wipe_deleted(actor) -> int:
    """Empty the messages of the account in context that can no longer be brought back; gives how many."""
    late = Message.objects.filter(deleted_at__lt=timezone.now() - RESTORABLE).exclude(body="", html="")
    ids = list(late.values_list("pk", flat=True)[:1000])
    with transaction.atomic():
        Edition.objects.filter(message_id__in=ids).delete()
        Reaction.objects.filter(message_id__in=ids).delete()
        files.discard(actor, "message", ids)
        Message.objects.filter(pk__in=ids).update(body="", html="")
    return len(ids)

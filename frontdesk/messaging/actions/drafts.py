"""Drafts that follow their author from device to device, and messages that are sent later."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Forbidden, Invalid, Missing
from frontdesk.core.fold import clean_block
from frontdesk.core.text import gettext as _
from frontdesk.files import actions as files

from .. import access
from ..models import Draft, Message, Thread
from ..models.threads import LONGEST_BODY
from .posting import MessageInput, checked, post

MOST_SCHEDULED = 200
FURTHEST_DAYS = 366


def save_draft(actor, thread: Thread, body: str, reply_to: UUID | None = None, details: dict | None = None) -> None:
    """Keep what the actor has begun to write in a thread where they may write; an empty one is forgotten.

    Raises Invalid.
    """
    if actor.viewer is not None:
        raise Forbidden("preview")
    own = Draft.objects.filter(thread_id=thread.pk, author_id=actor.id, send_at=None)
    body = clean_block(body)[:LONGEST_BODY]
    if reply_to and not Message.objects.filter(thread_id=thread.pk, pk=reply_to).exists():
        raise Invalid({"reply_to": [_("There is no such message here.")]})
    with transaction.atomic():
        if not body:
            own.delete()
            return
        Draft.objects.update_or_create(
            account_id=actor.account_id, thread_id=thread.pk, author_id=actor.id, send_at=None,
            defaults={"body": body, "reply_to_id": reply_to, "details": details or {}, "saved_at": timezone.now()},
        )  # fmt: skip


def _checked_time(send_at: datetime) -> None:
    errors = Errors()
    ahead = send_at - timezone.now()
    if ahead.total_seconds() <= 0:
        errors.add("send_at", _("Choose a time to come."))
    elif ahead.days >= FURTHEST_DAYS:
        errors.add("send_at", _("At most a year ahead."))
    errors.raise_any()


def schedule(actor, thread: Thread, typed: MessageInput, send_at: datetime) -> Draft:
    """Have a message posted at a time to come in a thread that `access.writable` gave; raises Invalid."""
    body = checked(thread, typed)
    _checked_time(send_at)
    waiting = Draft.objects.filter(author_id=actor.id, send_at__isnull=False)
    if waiting.count() >= MOST_SCHEDULED:
        raise Invalid({"send_at": [_("At most %(most)s messages may wait.", most=MOST_SCHEDULED)]})
    with transaction.atomic():
        made = Draft.objects.create(
            account_id=actor.account_id, thread=thread, author_id=actor.id, body=body, reply_to_id=typed.reply_to,
            details=typed.details, send_at=send_at, saved_at=timezone.now(),
        )  # fmt: skip
        if typed.files:
            files.attach(actor, list(typed.files), "draft", made.pk)
        Draft.objects.filter(thread_id=thread.pk, author_id=actor.id, send_at=None).delete()
        _happened(actor, thread, made, "message.scheduled")
    return made


def _happened(actor, thread: Thread, draft: Draft, verb: str) -> None:
    record(actor, verb, subject_id=draft.pk, data={"thread": str(thread.pk)})


def change_scheduled(actor, draft: Draft, body: str, send_at: datetime) -> Draft:
    """Change text and time of a waiting message that `access.own_scheduled` gave; raises Invalid."""
    draft.body = checked(draft.thread, MessageInput(body, draft=draft.pk))
    _checked_time(send_at)
    draft.send_at, draft.refused, draft.saved_at = send_at, False, timezone.now()
    with transaction.atomic():
        draft.save(update_fields=["body", "send_at", "refused", "saved_at"])
        _happened(actor, draft.thread, draft, "message.rescheduled")
    return draft


def cancel_scheduled(actor, draft: Draft) -> None:
    """Do not send a waiting message that `access.own_scheduled` gave."""
    with transaction.atomic():
        _happened(actor, draft.thread, draft, "message.unscheduled")
        files.discard(actor, "draft", [draft.pk])
        draft.delete()


def send_now(actor, draft: Draft) -> Message:
    """Post a waiting message at once, as its author asks.

    Its id is the key of the message, so that it is posted once however often this is tried. Raises Missing and
    Forbidden when the author may no longer write there.
    """
    thread = access.writable(actor, draft.thread_id)
    with transaction.atomic():
        held = Draft.objects.select_for_update().filter(pk=draft.pk).first()
        if held is None:
            raise Missing("draft")
        return _sent(actor, thread, held)


def send_due(actor, draft: Draft) -> Message | None:
    """Post a waiting message whose time has come, as it stands now; None when it was put off or sent meanwhile.

    Raises Missing and Forbidden when the author may no longer write there.
    """
    thread = access.writable(actor, draft.thread_id)
    with transaction.atomic():
        due = Draft.objects.select_for_update().filter(pk=draft.pk, refused=False, send_at__lte=timezone.now())
        held = due.first()
        return _sent(actor, thread, held) if held else None


def _sent(actor, thread: Thread, held: Draft) -> Message:
    typed = MessageInput(held.body, held.reply_to_id, key=held.pk, draft=held.pk, details=held.details)
    message = post(actor, thread, typed)
    held.delete()
    return message

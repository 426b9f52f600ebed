"""How far somebody has read, and looks by those who take no part."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from frontdesk.activity.models import Activity
from frontdesk.activity.spine import record
from frontdesk.core.errors import Forbidden
from frontdesk.notify import actions as notices

from .. import access, permissions
from ..models import ReadMark, Thread
from ..notices import keys_of
from ..queries import MARKS
from ..telling import tell_member, tell_thread

# Whoever reads on within this time is still at the same look.
ONE_LOOK = timedelta(minutes=10)


def read_up_to(actor, thread: Thread, number: int) -> bool:
    """Move the actor's mark forward in the caller's transaction; False when it was there or beyond already."""
    now = timezone.now()
    own = ReadMark.objects.filter(thread_id=thread.pk, member_id=actor.id)
    if own.filter(number__lt=number).update(number=number, read_at=now):
        return True
    if own.exists():
        return False
    ReadMark.objects.create(
        account_id=actor.account_id, thread=thread, member_id=actor.id, number=number, read_at=now
    )  # fmt: skip
    return True


def _has_read(actor, thread: Thread, number: int) -> bool:
    """Whether the actor's mark is there already, as it is when somebody opens again what they know."""
    return any(upto >= number for _thread, upto in MARKS(actor.id, [thread.pk]))


def mark_read(actor, thread: Thread, number: int | None = None) -> None:
    """Note that the actor has read a thread that `access.own_thread` gave, up to a message or to its end.

    Their other devices are told, and the others in the thread.
    """
    upto = thread.last_number if number is None else min(number, thread.last_number)
    if actor.viewer is not None or upto < 1 or _has_read(actor, thread, upto):
        return
    with transaction.atomic():
        if read_up_to(actor, thread, upto):
            tell_thread(thread, "read", member=actor.id, n=upto)
            tell_member(actor.account_id, actor.id, "read", thread=str(thread.pk), n=upto)
            notices.mark_read(actor, keys_of(thread.pk))


def mark_unread(actor, thread: Thread, number: int) -> None:
    """Put the actor's mark before a message, so that it and what follows is unread again."""
    if actor.viewer is not None:
        raise Forbidden("preview")
    with transaction.atomic():
        marks = ReadMark.objects.filter(thread_id=thread.pk, member_id=actor.id)
        if marks.update(number=max(number - 1, 0)):
            tell_member(actor.account_id, actor.id, "read", thread=str(thread.pk), n=max(number - 1, 0))


def look_over(actor, thread: Thread) -> None:
    """Record that an admin reads a thread in which they take no part; raises Forbidden."""
    access.require(actor, permissions.OVERSEE)
    with transaction.atomic():
        record(
            actor, "room.overseen", subject_id=thread.pk, client_id=thread.client_id, data={"thread": str(thread.pk)}
        )  # fmt: skip
        tell_thread(thread, "overseen", member=actor.id)


def look_on(actor, thread: Thread) -> None:
    """Record a look that goes on, unless it was recorded a moment ago; raises Forbidden."""
    seen = Activity.objects.filter(client_id=thread.client_id, subject_id=thread.pk, verb="room.overseen")
    if not seen.filter(actor_id=actor.id, at__gt=timezone.now() - ONE_LOOK).exists():
        look_over(actor, thread)

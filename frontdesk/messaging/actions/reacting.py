"""Answering a message with one sign."""

from django.db import transaction

from frontdesk.activity.spine import record
from frontdesk.core.errors import Conflict, Invalid
from frontdesk.core.text import gettext as _

from ..models import Message, Reaction, Thread
from ..models.threads import LONGEST_EMOJI
from ..telling import tell_thread

COMMON = ("👍", "❤️", "😄", "🎉", "👀", "✅")
MOST = 20


def _is_emoji(text: str) -> bool:
    """Whether a text is one sign such as an emoji, not words."""
    return 0 < len(text) <= LONGEST_EMOJI and not any(c.isalnum() or c.isspace() or c.isascii() for c in text)


def react(actor, message: Message, thread: Thread, emoji: str, on: bool) -> None:
    """Put a sign on a message of a thread in which the actor may write, or take it away; twice is as once.

    Raises Invalid for what is no emoji, Conflict on a deleted message.
    """
    if not _is_emoji(emoji):
        raise Invalid({"emoji": [_("Choose an emoji.")]})
    if message.deleted_at is not None:
        raise Conflict(_("This message was deleted."))
    with transaction.atomic():
        own = Reaction.objects.filter(message_id=message.pk, member_id=actor.id)
        changed = _put(actor, message, own, emoji) if on else own.filter(emoji=emoji).delete()[0]
        if changed:
            data = {"thread": str(thread.pk), "number": message.number, "emoji": emoji, "on": on}
            record(actor, "message.reacted", subject_id=message.pk, data=data)
            tell_thread(thread, "changed", message=message)


def _put(actor, message: Message, own, emoji: str) -> bool:
    if own.count() >= MOST:
        raise Invalid({"emoji": [_("At most %(most)s are allowed.", most=MOST)]})
    _row, made = Reaction.objects.get_or_create(
        account_id=actor.account_id, message=message, member_id=actor.id, emoji=emoji
    )  # fmt: skip
    return made

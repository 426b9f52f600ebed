"""Writing in a conversation: answers that leave, and notes that stay."""

from dataclasses import replace
from datetime import datetime

from frontdesk.core.errors import Invalid
from frontdesk.core.text import gettext as _
from frontdesk.messaging.actions import post, schedule
from frontdesk.messaging.actions.posting import MessageInput, checked, compose
from frontdesk.messaging.models import Draft, Message

from .. import access, framing, permissions, reaching
from ..framing import Rendered
from ..models import Conversation
from ..placeholders import refuse_unfilled
from ..reaching import Way


def reply(actor, conversation: Conversation, typed: MessageInput, *, last_seen_number: int | None = None) -> Message:
    """Write to the client by the way in `typed.details`; raises Invalid, Forbidden.

    With the number of the last message that the writer saw it raises Conflict when a colleague answered after that.
    """
    access.require(actor, permissions.REPLY)
    if last_seen_number is not None:
        typed = replace(typed, details={**typed.details, "last_seen_number": last_seen_number})
    return post(actor, conversation.thread, typed)


def reply_later(actor, conversation: Conversation, typed: MessageInput, send_at: datetime) -> Draft:
    """Have an answer leave at a time to come; raises Invalid, Forbidden."""
    access.require(actor, permissions.REPLY)
    refuse_unfilled(typed.body)
    return schedule(actor, conversation.thread, typed, send_at)


def note(actor, conversation: Conversation, typed: MessageInput) -> Message:
    """Write for the team alone; raises Invalid, Forbidden."""
    access.require(actor, permissions.REPLY)
    return post(actor, conversation.notes, typed)


def preview(actor, conversation: Conversation, body: str, way: str = "", subject: str = "") -> tuple[Way, Rendered]:
    """How an answer would leave by a way, which nobody gets; raises Invalid, Forbidden."""
    access.require(actor, permissions.REPLY)
    body = checked(conversation.thread, MessageInput(body))
    chosen = reaching.chosen(conversation, way)
    if chosen is None:
        raise Invalid({"way": [_("This address is no longer known. Choose another one.")]})
    written = compose(conversation.thread, body)
    return chosen, framing.rendered(actor, conversation, chosen, body, written.html, subject)

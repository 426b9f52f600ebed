"""Calls: what was spoken, kept as a note of the team's."""

from dataclasses import dataclass

from django.db import models, transaction

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.messaging.actions import post
from frontdesk.messaging.actions.posting import MessageInput
from frontdesk.messaging.models import Message

from .. import access, permissions
from ..models import Conversation

LONGEST_MINUTES = 24 * 60


class Outcome(models.TextChoices):
    """How a call ended."""

    SPOKE = "spoke", _lazy("Spoke")
    NO_ANSWER = "no_answer", _lazy("No answer")
    VOICEMAIL = "voicemail", _lazy("Left a voicemail")
    CALLED_US = "called_us", _lazy("They called us")


@dataclass(frozen=True)
class CallInput:
    """A call: the number, how it ended, how many minutes it took, what was said."""

    number: str = ""
    outcome: str = Outcome.SPOKE
    minutes: int = 0
    text: str = ""


def _checked(typed: CallInput) -> str:
    errors = Errors()
    number = errors.line("number", typed.number, 40)
    errors.block("text", typed.text, 5000)
    if typed.outcome not in Outcome.values:
        errors.add("outcome", _("Choose from the list."))
    if not 0 <= typed.minutes <= LONGEST_MINUTES:
        errors.add("minutes", _("Write how many minutes it took, at most a day."))
    errors.raise_any()
    return number


def _words(typed: CallInput, number: str) -> str:
    heading = _("Call") + (f" · {number}" if number else "") + f" · {Outcome(typed.outcome).label}"
    if typed.minutes:
        heading += " · " + _("%(minutes)s min", minutes=typed.minutes)
    return f"**{heading}**\n\n{typed.text}".strip()


def log_call(actor, conversation: Conversation, typed: CallInput) -> Message:
    """Note a call with the client among the team's notes; raises Invalid, Forbidden."""
    access.require(actor, permissions.REPLY)
    number = _checked(typed)
    with transaction.atomic():
        made = post(actor, conversation.notes, MessageInput(_words(typed, number)))
        data = {"outcome": typed.outcome, "minutes": typed.minutes}
        record(actor, "conversation.called", subject_id=conversation.pk, client_id=conversation.client_id, data=data)
    return made

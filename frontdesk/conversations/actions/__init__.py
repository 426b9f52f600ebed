"""What can be done with conversations."""

from .again import retry
from .calling import CallInput, log_call
from .confirming import confirm_sender
from .handling import assign, close, reopen, snooze, wake_due
from .receiving import Words, receive, take, unproven
from .ruling import RuleInput, set_rule
from .writing import note, preview, reply, reply_later

__all__ = [
    "CallInput", "RuleInput", "Words", "assign", "close", "confirm_sender", "log_call", "note", "preview", "receive",
    "reopen", "reply", "reply_later", "retry", "set_rule", "snooze", "take", "unproven", "wake_due",
]  # fmt: skip

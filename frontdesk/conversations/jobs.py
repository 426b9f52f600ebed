"""Conversations in the background: what was snoozed comes back, absences begin and end, colleagues leave."""

from uuid import UUID

from django.utils import timezone

from frontdesk.accounts.models import Account, System
from frontdesk.core.jobs.registry import every, job
from frontdesk.core.tenancy.context import account_context, across_accounts, current_account_id
from frontdesk.core.text import gettext_lazy as _lazy

from . import absences, away_reply, leaving
from .actions import wake_due
from .handlers import ABSENCES, AWAY_REPLY, LEFT_BEHIND
from .models import Conversation


@every("conversations.wake", seconds=30)
def wake() -> None:
    """Open the snoozed conversations whose time has come."""
    with across_accounts():
        due = Conversation.objects.filter(snoozed_until__lte=timezone.now())
        accounts = list(due.values_list("account_id", flat=True).distinct().order_by())
    for account in Account.objects.filter(pk__in=accounts):
        with account_context(account):
            wake_due(System(account))


@job(ABSENCES, label=_lazy("Handing over of conversations"))
def settle_absences() -> None:
    """Hand conversations over and back as colleagues are away and back."""
    absences.settle(Account.objects.get(pk=current_account_id()))


@job(LEFT_BEHIND, label=_lazy("Handing over of conversations"))
def settle_left_behind(members: list[str]) -> None:
    """Give by the rule what members of the team have and cannot have any more."""
    leaving.settle(Account.objects.get(pk=current_account_id()), [UUID(member) for member in members])


@job(AWAY_REPLY, label=_lazy("Automatic reply"))
def reply_while_away(message_id: str) -> None:
    """Tell a client who wrote that their colleague is away."""
    away_reply.reply(Account.objects.get(pk=current_account_id()), UUID(message_id))


@every("conversations.absences_by_time", minutes=1)
def absences_by_time() -> None:
    """The same where absences begin and end by themselves."""
    for account in Account.objects.filter(pk__in=absences.accounts()):
        with account_context(account):
            absences.settle(account)

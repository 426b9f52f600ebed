"""What somebody has who left, or who does not see the client any more, goes to others by the rule of the inbox."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from frontdesk.accounts.models import Account, Member, MemberStatus, System
from frontdesk.core.jobs.queue import keep_alive

from . import access
from .assigning import AMONG_OTHERS
from .models import Conversation, State
from .routing import give_by_rule

AT_ONCE = 100


def _to_be_done() -> QuerySet[Conversation]:
    return Conversation.objects.filter(former=False).exclude(state=State.CLOSED)


def holders() -> list[UUID]:
    """Whoever has a conversation in which something is still to be done, in the account in context."""
    held = _to_be_done().filter(assignee_id__isnull=False).order_by()
    return list(held.values_list("assignee_id", flat=True).distinct())


def left_behind(member: Member) -> QuerySet[Conversation]:
    """What is still to be done and a member has, but cannot have any more."""
    found = _to_be_done().filter(assignee_id=member.pk)
    if member.status != MemberStatus.ACTIVE:
        return found
    return found.exclude(pk__in=access.conversations_for(member).values("pk"))


def settle(account: Account, member_ids: Iterable[UUID]) -> None:
    """Give others, in the account in context, what members have and cannot have any more."""
    for member in Member.objects.filter(account_id=account.pk, pk__in=list(member_ids)).select_related("account"):
        ids = list(left_behind(member).order_by("pk").values_list("pk", flat=True))
        why = (AMONG_OTHERS,) if len(ids) > 1 else ()
        for start in range(0, len(ids), AT_ONCE):
            keep_alive()
            for pk in ids[start : start + AT_ONCE]:
                with transaction.atomic():
                    give_by_rule(System(account), Conversation(pk=pk), *why)

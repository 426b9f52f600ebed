"""Whose work a conversation is: the one who takes it, is given it, or to whom a rule gives it."""

from collections.abc import Iterable
from uuid import UUID

from frontdesk.accounts.away import away_now
from frontdesk.accounts.models import Member, MemberStatus
from frontdesk.activity.spine import record

from . import access
from .models import Conversation

# Why a rule gives a conversation to somebody: a colleague is away, or back.
STANDS_IN, BACK, GATHERED, AMONG_OTHERS = "stands_in", "back", "gathered", "among_others"


def hand(
    actor, conversation: Conversation, member_id: UUID | None, *, by_rule: bool = False, why: tuple[str, ...] = ()
) -> None:
    """Set the assignee in the caller's transaction, which saves; what was held for somebody away is given up.

    `why` a rule does it: because of STANDS_IN or BACK; people are told once of those that are GATHERED, and in one
    notice with a number of those that somebody had AMONG_OTHERS.
    """
    before = conversation.assignee_id
    conversation.assignee_id, conversation.handed_by_id = member_id, None
    data = {"member": str(member_id) if member_id else None, "before": str(before) if before else None}
    if by_rule:
        data |= dict.fromkeys(("by_rule", *why), "yes")
    elif member_id is not None and member_id == actor.id:
        data["taken"] = "yes"
    verb = "conversation.assigned" if member_id else "conversation.unassigned"
    record(actor, verb, subject_id=conversation.pk, client_id=conversation.client_id, data=data)


def give_team(actor, conversation: Conversation, team_id: UUID) -> None:
    """Set the team in the caller's transaction, which saves."""
    conversation.team_id = team_id
    data = {"team": str(team_id)}
    record(actor, "conversation.given", subject_id=conversation.pk, client_id=conversation.client_id, data=data)


def who_can_have(conversation: Conversation, member_ids: Iterable[UUID]) -> list[UUID]:
    """Those of the members whose work the conversation can be, in their order: active, and they see its client."""
    ids = list(member_ids)
    found = Member.objects.filter(account_id=conversation.account_id, pk__in=ids, status=MemberStatus.ACTIVE)
    by_id = {one.pk: one for one in found.select_related("account")}
    seeing = access.who_see(conversation.client_id, [by_id[pk] for pk in dict.fromkeys(ids) if pk in by_id])
    return [one.pk for one in seeing]


def stand_ins(member_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Member -> who does their work now: themselves, or their deputy while they are away.

    Whoever is away is left out when they have no deputy, or that one is away as well.
    """
    ids = list(member_ids)
    away = away_now(ids)
    absent = {*away, *away_now([one.deputy_id for one in away.values() if one.deputy_id])}
    found = {pk: away[pk].deputy_id if pk in away else pk for pk in ids}
    return {pk: one for pk, one in found.items() if one is not None and one not in absent}


def there_for(conversation: Conversation, member_ids: Iterable[UUID]) -> list[UUID]:
    """Who is there to do the members' work in a conversation, in their order."""
    return who_can_have(conversation, stand_ins(member_ids).values())

"""To whom the account's rule gives a conversation in which a client wrote."""

from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from frontdesk.accounts.models import Member, MemberStatus, System
from frontdesk.clients.models import Assignment
from frontdesk.core.tenancy.prepared import PreparedObjects
from frontdesk.teams.models import TeamMember

from . import access, telling
from .assigning import BACK, STANDS_IN, hand, stand_ins, who_can_have
from .models import Conversation, Covered, InboxRule, State

RULE = PreparedObjects(InboxRule, {}, lambda: InboxRule.objects.order_by("pk")[:1])


def rule_of() -> InboxRule:
    """The account's rule; without one those who serve a client have its conversation."""
    return next(iter(RULE()), None) or InboxRule()


def held(conversation_id: UUID) -> Conversation:
    """A conversation with its client as it is now, locked until the caller's transaction ends."""
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("client")
    return rows.get(pk=conversation_id)


def give_by_rule(actor, conversation: Conversation, *why: str) -> None:
    """Give a conversation that is nobody's to somebody who is there, in the caller's transaction.

    It is nobody's as well when whoever has it left or does not see the client any more. One whose assignee is away
    goes to their deputy, and back when they are back (`absences.py`).
    """
    found = held(conversation.pk)
    # Who stands in gives back to whom they stood in for.
    owner = next(iter(who_can_have(found, filter(None, (found.assignee_id, found.handed_by_id)))), None)
    if owner is None:
        _by_rule(actor, found, *why)
        return
    if owner != found.assignee_id:
        _save(actor, found, owner, BACK, *why)
    _stand_in(actor, found, owner, *why)


def _save(actor, found: Conversation, member_id: UUID | None, *why: str) -> None:
    hand(actor, found, member_id, by_rule=True, why=why)
    found.save(update_fields=["assignee", "handed_by"])
    telling.tell_inbox(found)


def _by_rule(actor, found: Conversation, *why: str) -> None:
    found.handed_by_id, candidates = None, _candidates(rule_of(), found)
    doing = stand_ins(candidates)
    chosen = _least_busy(who_can_have(found, doing.values()))
    if chosen is None or chosen in candidates:
        if chosen != found.assignee_id:
            # Whoever wrote does not take it from anybody.
            _save(actor if chosen else System(found.account), found, chosen, *why)
        return
    lend(actor, found, next(pk for pk in candidates if doing.get(pk) == chosen), chosen, *why)


def _stand_in(actor, found: Conversation, owner: UUID, *why: str) -> None:
    """Lend a conversation whose assignee is away to the deputy, if that one is there and sees the client."""
    deputy = stand_ins([owner]).get(owner)
    if deputy is not None and deputy != owner and who_can_have(found, [deputy]):
        lend(actor, found, owner, deputy, *why)


def lend(actor, found: Conversation, away: UUID, deputy: UUID, *why: str) -> None:
    """Give a conversation of somebody who is away to their deputy until the absence ends.

    Who stood in for somebody else and is away now held it for them: it goes back to them, whoever has it then.
    In the caller's transaction, which holds the conversation.
    """
    owner = found.handed_by_id or away
    if owner == deputy:
        _save(actor, found, owner, BACK, *why)
        return
    hand(actor, found, deputy, by_rule=True, why=(STANDS_IN, *why))
    found.handed_by_id = owner
    found.save(update_fields=["assignee", "handed_by"])
    new = {"deputy_id": deputy, "handed_at": timezone.now(), "account_id": found.account_id}
    Covered.objects.update_or_create(
        member_id=owner, conversation=found, ended_at=None, defaults={"deputy_id": deputy}, create_defaults=new
    )
    telling.tell_inbox(found)


def _candidates(rule: InboxRule, conversation: Conversation) -> list[UUID]:
    """Those whom the rule means; where nobody serves the client, those of the team that has the conversation."""
    if rule.rule == InboxRule.Rule.SERVING:
        serving = Assignment.objects.filter(client_id=conversation.client_id, member__status=MemberStatus.ACTIVE)
        found = list(serving.order_by("assigned_at").values_list("member_id", flat=True))
        return found or _of_team(conversation.team_id, conversation)
    if rule.rule == InboxRule.Rule.TEAM:
        return _of_team(conversation.team_id or rule.team_id, conversation)
    return []


def _of_team(team_id: UUID | None, conversation: Conversation) -> list[UUID]:
    """The members of a team who see the client, by name."""
    if team_id is None:
        return []
    of_team = TeamMember.objects.filter(team_id=team_id).values("member_id")
    found = Member.objects.filter(account_id=conversation.account_id, pk__in=of_team).order_by("sort_name")
    return [one.pk for one in access.who_see(conversation.client_id, found.select_related("account"))]


def _least_busy(member_ids: list[UUID]) -> UUID | None:
    """The one with the fewest open conversations, the first of those who have equally few."""
    if not member_ids:
        return None
    work = Conversation.objects.filter(Q(state=State.OPEN), assignee_id__in=member_ids).order_by()
    counts = dict(work.values_list("assignee_id").annotate(open=Count("id")))
    return min(member_ids, key=lambda pk: counts.get(pk, 0))

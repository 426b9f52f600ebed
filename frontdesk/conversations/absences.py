"""What an absence does to conversations: those that wait go to the deputy, and back to whoever is back.

It reads who is away now, so that it may be run at any time and as often as one likes.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from frontdesk.accounts.away import away_at, away_now
from frontdesk.accounts.models import Account, Member, MemberStatus, System
from frontdesk.activity.spine import record
from frontdesk.core.permissions import TEAM
from frontdesk.core.tenancy.context import across_accounts
from frontdesk.messaging.models import Message

from . import access, telling
from .assigning import BACK, GATHERED, hand, stand_ins, who_can_have
from .models import Conversation, Covered, State
from .routing import held, lend

AT_ONCE = 1000


def accounts() -> set[UUID]:
    """The accounts in which somebody with a deputy is away, or a deputy has something."""
    away = Member.objects.filter(away_at(timezone.now()), deputy__isnull=False)
    with across_accounts():
        held = Covered.objects.filter(ended_at=None).order_by().values_list("account_id", flat=True).distinct()
        return set(held) | set(away.values_list("account_id", flat=True))


def settle(account: Account) -> None:
    """Hand over and back, in the account in context, what follows from who is away now."""
    lasting = set(Covered.objects.filter(ended_at=None).order_by().values_list("member_id", flat=True).distinct())
    away = away_now(lasting)
    for member in Member.objects.filter(account_id=account.pk, pk__in=lasting - set(away)):
        _end(account, member)
    gone = Member.objects.filter(away_at(timezone.now()), account_id=account.pk, deputy__isnull=False)
    doing = stand_ins(gone.values_list("pk", flat=True))
    active = Member.objects.filter(account_id=account.pk, pk__in=doing.values(), status=MemberStatus.ACTIVE)
    deputies = {one.pk: one for one in active.select_related("account")}
    for pk, deputy_id in doing.items():
        if deputy_id in deputies:
            _begin(account, pk, deputies[deputy_id])


def _waiting(member_id: UUID, deputy: Member) -> QuerySet[Conversation]:
    """What waits for an answer of somebody who is away, and can be handed to the deputy for the first time."""
    waiting = access.conversations_for(deputy).filter(assignee_id=member_id, waiting_since__isnull=False)
    covered = Covered.objects.filter(member_id=member_id, ended_at=None).values("conversation_id")
    return waiting.filter(state=State.OPEN, former=False).exclude(pk__in=covered)


def _begin(account: Account, member_id: UUID, deputy: Member) -> None:
    """What waits for an answer of somebody who is away goes to the deputy; what a colleague gave back to them stays."""
    waiting, actor = _waiting(member_id, deputy), System(account)
    ids = list(waiting.order_by("waiting_since").values_list("pk", flat=True)[:AT_ONCE])
    if not ids:
        return
    with transaction.atomic():
        # What was answered, closed or given to somebody else meanwhile stays.
        rows = list(waiting.filter(pk__in=ids).select_for_update(of=("self",)).order_by("pk"))
        for row in rows:
            lend(actor, row, member_id, deputy.pk, GATHERED)
        if rows:
            data = {"member": str(member_id), "deputy": str(deputy.pk), "count": len(rows)}
            record(actor, "conversation.covered", subject_id=member_id, data=data)


def _end(account: Account, member: Member) -> None:
    """What the deputy still has and is not closed goes back; all of it is told in one line."""
    actor, now = System(account), timezone.now()
    with transaction.atomic():
        rows = list(Covered.objects.select_for_update().filter(member_id=member.pk, ended_at=None).order_by("pk"))
        if not rows:
            return
        found = [held(row.conversation_id) for row in rows]
        for row, conversation in zip(rows, found, strict=True):
            row.returned, row.ended_at = _give_back(actor, conversation, member), now
            row.save(update_fields=["returned", "ended_at"])
        record(actor, "conversation.returned", subject_id=member.pk, data=_summary(member, rows, found))


def _give_back(actor, conversation: Conversation, member: Member) -> bool:
    """Whether a conversation went back: not one that is closed, or that somebody took on for good."""
    if conversation.handed_by_id != member.pk:
        return False
    able = bool(who_can_have(conversation, [member.pk]))
    returned = able and conversation.state != State.CLOSED and not conversation.former
    if returned:
        hand(actor, conversation, member.pk, by_rule=True, why=(BACK, GATHERED))
    conversation.handed_by_id = None
    conversation.save(update_fields=["assignee", "handed_by"])
    telling.tell_inbox(conversation)
    return returned


def answered_in(rows: list[Covered]) -> dict[UUID, list[str]]:
    """Row -> the names of colleagues who wrote to the client while it lasted."""
    if not rows:
        return {}
    threads = {row.conversation.thread_id: row for row in rows}
    written = Message.objects.filter(
        thread_id__in=threads, author__isnull=False, author__role__in=TEAM,
        posted_at__gte=min(row.handed_at for row in rows), deleted_at=None,
    )  # fmt: skip
    said = list(written.order_by("posted_at").values_list("thread_id", "posted_at", "author__name"))
    return {
        row.pk: list(
            dict.fromkeys(
                name
                for thread_id, at, name in said
                if thread_id == row.conversation.thread_id and row.handed_at <= at <= (row.ended_at or timezone.now())
            )
        )
        for row in rows
    }


def _summary(member: Member, rows: list[Covered], found: list[Conversation]) -> dict:
    for row, conversation in zip(rows, found, strict=True):
        row.conversation = conversation
    answered = answered_in(rows)
    return {
        "member": str(member.pk), "deputies": sorted({str(row.deputy_id) for row in rows if row.deputy_id}),
        "came": len(rows), "returned": sum(row.returned for row in rows),
        "answered": sum(bool(answered[row.pk]) for row in rows),
        "closed": sum(one.state == State.CLOSED for one in found),
        "waits": sum(one.waiting_since is not None and one.state == State.OPEN for one in found),
    }  # fmt: skip

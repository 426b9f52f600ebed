"""Assigning, closing, reopening and snoozing conversations that `access.writable` gave."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from frontdesk.accounts.models import Member, MemberStatus
from frontdesk.activity.spine import record
from frontdesk.core.errors import Invalid
from frontdesk.core.text import gettext as _
from frontdesk.teams.models import Team

from .. import access, permissions, telling
from ..assigning import give_team, hand
from ..models import Conversation, Envelope, State
from ..routing import held

FURTHEST = timedelta(days=366)
FIELDS = ["state", "assignee", "team", "handed_by", "waiting_since", "snoozed_until", "closed_at"]


def _happened(actor, conversation: Conversation, verb: str, **data) -> None:
    record(actor, verb, subject_id=conversation.pk, client_id=conversation.client_id, data=data)


def _save(conversation: Conversation) -> Conversation:
    conversation.save(update_fields=FIELDS)
    telling.tell_inbox(conversation)
    return conversation


def _check_member(conversation: Conversation, member_id: UUID) -> None:
    """Only an active colleague who sees the client can have its conversation."""
    active = Member.objects.filter(account_id=conversation.account_id, pk=member_id, status=MemberStatus.ACTIVE)
    found = active.select_related("account").first()
    if found is None or not found.is_team:
        raise Invalid({"member": [_("Choose an active colleague.")]})
    if not access.who_see(conversation.client_id, [found]):
        raise Invalid({"member": [_("%(name)s does not serve %(the_client)s.", name=found.name)]})


def assign(actor, conversation: Conversation, *, member: UUID | None = None, team: UUID | None = None) -> Conversation:
    """Give a conversation to a colleague, to a team, or to nobody; raises Invalid, Forbidden."""
    access.require(actor, permissions.HANDLE)
    if member is not None:
        _check_member(conversation, member)
    if team is not None and not Team.objects.filter(pk=team).exists():
        raise Invalid({"team": [_("Choose from the list.")]})
    with transaction.atomic():
        found = held(conversation.pk)
        if (found.assignee_id, found.team_id) == (member, team):
            return found
        if team is not None and team != found.team_id:
            give_team(actor, found, team)
        if member != found.assignee_id:
            hand(actor, found, member)
        found.team_id = team
        return _save(found)


def close(actor, conversation: Conversation) -> Conversation:
    """Say that nothing is left to do; the client's next message opens it again. Doing it twice is doing it once."""
    access.require(actor, permissions.HANDLE)
    with transaction.atomic():
        found = held(conversation.pk)
        if found.state == State.CLOSED:
            return found
        found.state, found.closed_at = State.CLOSED, timezone.now()
        found.snoozed_until = found.waiting_since = None
        _happened(actor, found, "conversation.closed")
        return _save(found)


def reopen(actor, conversation: Conversation) -> Conversation:
    """Take up a closed or snoozed conversation again."""
    access.require(actor, permissions.HANDLE)
    with transaction.atomic():
        found = held(conversation.pk)
        return found if found.state == State.OPEN else _open(actor, found, "conversation.reopened")


def _waits_since(conversation: Conversation) -> datetime | None:
    """When the client began to write since the team's last answer; what machines wrote counts for neither."""
    said = Envelope.objects.filter(message__thread_id=conversation.thread_id, automatic=False)
    answers = said.filter(outgoing=True).order_by("-message__number")
    answered = answers.values_list("message__number", flat=True).first() or 0
    came = said.filter(outgoing=False, message__number__gt=answered, message__deleted_at=None)
    return came.order_by("message__number").values_list("message__posted_at", flat=True).first()


def _open(actor, found: Conversation, verb: str) -> Conversation:
    if found.state == State.CLOSED:
        found.waiting_since = _waits_since(found)
    found.state, found.snoozed_until, found.closed_at = State.OPEN, None, None
    _happened(actor, found, verb)
    return _save(found)


def snooze(actor, conversation: Conversation, until: datetime) -> Conversation:
    """Put a conversation away until a time to come, or until the client writes; raises Invalid."""
    access.require(actor, permissions.HANDLE)
    now = timezone.now()
    if until <= now:
        raise Invalid({"until": [_("Choose a time to come.")]})
    if until - now > FURTHEST:
        raise Invalid({"until": [_("At most a year ahead.")]})
    with transaction.atomic():
        found = held(conversation.pk)
        found.state, found.snoozed_until, found.closed_at = State.SNOOZED, until, None
        _happened(actor, found, "conversation.snoozed", until=until.isoformat())
        return _save(found)


def wake_due(actor, limit: int = 500) -> int:
    """Open the snoozed conversations of the account in context whose time has come; gives how many."""
    due = Conversation.objects.filter(snoozed_until__lte=timezone.now(), state=State.SNOOZED)
    ids = list(due.order_by("snoozed_until").values_list("pk", flat=True)[:limit])
    for pk in ids:
        with transaction.atomic():
            found = held(pk)
            if found.state == State.SNOOZED:
                _open(actor, found, "conversation.woken")
    return len(ids)

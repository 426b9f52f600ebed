"""Who is away: read by time, so that an away time begins and ends by itself.

Whoever hands out new work, sends a push or answers automatically asks here.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from frontdesk.core.tenancy.context import current_account_id

from .models import Member


def away_at(at: datetime) -> Q:
    """The condition on members that they are away at a moment."""
    return Q(away_from__lte=at) & (Q(away_until=None) | Q(away_until__gt=at))


def away_now(member_ids: Iterable[UUID], at: datetime | None = None) -> dict[UUID, Member]:
    """Id -> member for those who are away at a moment, now when none is given, in one query.

    A member holds the message of their absence and the id of a deputy.
    """
    found = Member.objects.filter(away_at(at or timezone.now()), account_id=current_account_id())
    return {member.pk: member for member in found.filter(pk__in=list(member_ids))}


def ended() -> dict:
    """The values of a member who is not away and left no text."""
    return {"away_from": None, "away_until": None, "away_message": "", "away_shown": False, "deputy_id": None}

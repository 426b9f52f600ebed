"""Being away, and being back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.text import gettext as _

from .. import access, queries
from ..models import Member

LONGEST_MESSAGE = 1000
FARTHEST = timedelta(days=3 * 366)


@dataclass(frozen=True)
class AwayInput:
    """An absence. Without `starts_at` it begins at once, without `ends_at` it lasts until it is ended.

    `shown` lets portal people see it with its message; `deputy` is the colleague who stands in.
    """

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    message: str = ""
    shown: bool = False
    deputy: UUID | None = None


def _check_times(errors: Errors, typed: AwayInput, now: datetime) -> None:
    for field in ("starts_at", "ends_at"):
        at = getattr(typed, field)
        if at is not None and abs(at - now) > FARTHEST:
            errors.add(field, _("Choose a time within three years."))
    if typed.ends_at is None or errors.found:
        return
    if typed.ends_at <= (typed.starts_at or now):
        errors.add("ends_at", _("The end comes after the beginning."))
    elif typed.ends_at <= now:
        errors.add("ends_at", _("This time is over. Choose an end that is to come."))


def _check_deputy(errors: Errors, member: Member, deputy: UUID | None) -> None:
    if deputy is not None and not queries.deputies(member).filter(pk=deputy).exists():
        errors.add("deputy", _("Choose an active colleague."))


def set_away(actor, member: Member, typed: AwayInput) -> Member:
    """Set a member away; an away time that was set before gives place. Raises Invalid, Conflict, Forbidden."""
    access.require_away(actor, member)
    now, errors = timezone.now(), Errors()
    _check_times(errors, typed, now)
    message = errors.block("message", typed.message, LONGEST_MESSAGE)
    _check_deputy(errors, member, typed.deputy)
    errors.raise_any()
    member.away_from, member.away_until, member.away_message = typed.starts_at or now, typed.ends_at, message
    member.away_shown, member.deputy_id = typed.shown, typed.deputy
    return _save(actor, member, "away", _times(member))


def end_away(actor, member: Member) -> Member:
    """Say that a member is back, or will not be away after all; the text stays for the next time.

    Nothing happens for one who is not away. Raises Conflict, Forbidden.
    """
    access.require_away(actor, member)
    if not (member.is_away() or member.will_be_away()):
        return member
    data = _times(member)
    member.away_from = member.away_until = None
    return _save(actor, member, "back", data)


def _times(member: Member) -> dict:
    until = member.away_until.isoformat() if member.away_until else None
    deputy = str(member.deputy_id) if member.deputy_id else None
    return {"from": member.away_from.isoformat(), "until": until, "deputy": deputy, "shown": member.away_shown}


def _save(actor, member: Member, what: str, data: dict) -> Member:
    owner = "profile" if member.pk == actor.id else "member"
    with transaction.atomic():
        member.save(update_fields=["away_from", "away_until", "away_message", "away_shown", "deputy"])
        record(actor, f"{owner}.{what}", subject_id=member.pk, data={"member": str(member.pk), **data})
    return member

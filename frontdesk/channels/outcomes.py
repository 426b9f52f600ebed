"""What became of a try is written down, for the message and for its channel."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from frontdesk.core.tenancy.bulk import bulk_update

from . import schedule
from .changing import TIMES, may_move, reported
from .models import ChannelSettings, Dispatch, State
from .registry import Postponed, Refused, Sent

Outcome = Sent | Refused | Postponed
FIELDS = [
    "state", "reason", "detail", "uncertain", "next_at", "provider_id", "segments", "sent_at", "delivered_at",
    "read_at", "failed_at",
]  # fmt: skip


def move(row: Dispatch, state: str, now: datetime, reason: str = "", detail: str = "") -> None:
    """Set a state with its time; the caller has asked `may_move`, and saves."""
    row.state, row.reason, row.detail = state, reason[:40], detail[:300]
    row.next_at = None
    if state in TIMES:
        setattr(row, TIMES[State(state)], now)


def _sent(row: Dispatch, sent: Sent, now: datetime) -> bool:
    """A report may have come before the provider's answer: then only what the answer adds is noted."""
    row.provider_id, row.segments, row.uncertain = sent.provider_id[:200], min(sent.segments, 999), False
    row.sent_at = row.sent_at or now
    if not may_move(row, sent.state):
        return False
    move(row, sent.state, now)
    return True


def _refused(row: Dispatch, why: Refused, now: datetime) -> bool:
    row.uncertain = False
    if not may_move(row, State.FAILED):
        return False
    move(row, State.FAILED, now, why.reason, why.detail)
    return True


def _postponed(row: Dispatch, why: Postponed, now: datetime, rest: datetime | None) -> bool:
    if not row.is_open:
        return False
    row.reason, row.detail = why.reason[:40], why.detail[:300]
    again = schedule.next_try(row.tries, row.due_at, now, why.after)
    if again is None:
        move(row, State.FAILED, now, why.reason, why.detail)
    else:
        row.state, row.next_at = State.QUEUED, rest or again
    return True


def _note(row: Dispatch, outcome: Outcome, now: datetime, rest: datetime | None) -> bool:
    if isinstance(outcome, Sent):
        return _sent(row, outcome, now)
    if isinstance(outcome, Refused):
        return _refused(row, outcome, now)
    return _postponed(row, outcome, now, rest)


def _answered(outcome: Outcome) -> bool:
    """Whether the provider was there to answer."""
    return isinstance(outcome, Sent) or (isinstance(outcome, Refused) and not outcome.here)


def _health(settings: ChannelSettings, outcomes: list[Outcome], now: datetime) -> datetime | None:
    """Note how the channel is; until when it rests, if it does."""
    stopped = [one for one in outcomes if isinstance(one, Postponed) and one.whole]
    if stopped:
        last, wishes = stopped[-1], [one.after for one in stopped if one.after]
        settings.failures += 1
        settings.problem, settings.problem_detail, settings.problem_at = last.reason[:40], last.detail[:300], now
        settings.problem_since = settings.problem_since or now
        settings.paused_until = schedule.rest(settings.failures, now, max(wishes, default=None))
    elif settings.failures and any(map(_answered, outcomes)):
        settings.failures, settings.problem, settings.problem_detail, settings.paused_until = 0, "", "", None
        settings.problem_since = None
    else:
        return None
    settings.save(
        update_fields=["failures", "problem", "problem_detail", "problem_at", "problem_since", "paused_until"]
    )
    return settings.paused_until


def _claimed_twice(settings: ChannelSettings, done: Sequence[tuple[Dispatch, Outcome]]) -> set[UUID]:
    """Of messages that were looked up at the provider: those that found what is another one's, alike in every word."""
    found = {row.pk: outcome.provider_id for row, outcome in done if row.uncertain and isinstance(outcome, Sent)}
    if not any(found.values()):
        return set()
    others = Dispatch.objects.filter(channel=settings.channel, provider_id__in=[one for one in found.values() if one])
    owners = dict(others.values_list("provider_id", "pk"))
    for pk, provider_id in found.items():
        owners.setdefault(provider_id, pk)
    return {pk for pk, provider_id in found.items() if provider_id and owners[provider_id] != pk}


def settle(settings: ChannelSettings, attempt: UUID, done: Sequence[tuple[Dispatch, Outcome]]) -> None:
    """Write what became of tries of one worker; what another one has taken over meanwhile is that one's matter."""
    if not done:
        return
    now = timezone.now()
    with transaction.atomic():
        rest = _health(settings, [outcome for _row, outcome in done], now)
        own = Dispatch.objects.select_for_update().filter(pk__in=[row.pk for row, _outcome in done], attempt=attempt)
        rows = {row.pk: row for row in own.order_by("pk")}
        twice = _claimed_twice(settings, done)
        news = []
        for former, outcome in done:
            row = rows.get(former.pk)
            if row is None:
                continue
            if row.pk in twice:
                outcome = Postponed("unsure", uncertain=True)
            # What an earlier try left open stays open when this one surely did not get through.
            row.uncertain = former.uncertain or getattr(outcome, "uncertain", False)
            if _note(row, outcome, now, rest if getattr(outcome, "whole", False) else None):
                news.append(row)
        # As single saves this would cost more than all the rest.
        bulk_update(Dispatch, FIELDS, [[getattr(row, name) for name in (*FIELDS, "pk")] for row in rows.values()])
        reported(news)

"""Turning what happened into notices: everybody is told once, however often the job runs and wherever it is killed.

Everything is one transaction with the row in `Told` that ends it. The counters of all who are told are locked first,
in one order, so that telling and reading of the same notices never overtake each other.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from frontdesk.accounts.models import Account, Member, MemberStatus, System
from frontdesk.activity.models import Activity
from frontdesk.activity.reactions import Happening
from frontdesk.core.tenancy.context import current_account_id

from . import announcing, kinds, sending
from .kinds import NoticeKind
from .models import Channel, Counter, Notice, Told
from .wishes import Wishes


@dataclass(frozen=True)
class Cause:
    """Something to tell, and when it happened."""

    kind: NoticeKind
    happening: Happening
    at: datetime


@dataclass
class Telling:
    """What one member is told under one key."""

    member: Member
    causes: list[Cause]

    @property
    def last(self) -> Cause:
        """The cause that the notice speaks of."""
        return self.causes[-1]


Pair = tuple[UUID, str]


def _fresh(ids: Iterable[UUID]) -> set[UUID]:
    """The causes of which nobody was told yet; from now on they are told, or this transaction ends."""
    wanted = set(ids)
    fresh = wanted - set(Told.objects.filter(cause__in=wanted).values_list("cause", flat=True))
    account_id = current_account_id()
    Told.objects.bulk_create([Told(account_id=account_id, cause=one) for one in sorted(fresh)])
    return fresh


def _actors(ids: set[UUID]) -> dict[UUID | None, Member | System]:
    account = Account.objects.get(pk=current_account_id())
    found = Member.objects.filter(account_id=account.pk, pk__in=ids).select_related("user", "account")
    return {None: System(account), **{member.pk: member for member in found}}


def _causes(ids: set[UUID]) -> list[Cause]:
    activities = list(Activity.objects.filter(pk__in=ids).order_by("id"))
    actors = _actors({one.actor_id for one in activities if one.actor_id})
    found = [
        (Happening(one.pk, actors.get(one.actor_id), one.verb, one.subject_id, one.client_id, one.data), one.at)
        for one in activities
    ]
    return [Cause(kind, happening, at) for happening, at in found for kind in kinds.of_verb(happening.verb)]


def _gated(kind: NoticeKind, happening: Happening, found: set[UUID]) -> set[UUID]:
    """Without admins who do not follow the client, where the kind is one that they follow clients by."""
    if not kind.follow or happening.client_id is None:
        return found
    for gate in kinds.follow_gates:
        found = gate(happening.client_id, kind.follow, found)
    return found


def _wanted(causes: list[Cause]) -> dict[Pair, list[Cause]]:
    """(member, key) -> causes, before anybody is left out who may not be told."""
    found: dict[Pair, list[Cause]] = defaultdict(list)
    for cause in causes:
        happening, kind = cause.happening, cause.kind
        members = set(kind.recipients(happening))
        if not kind.tells_actor and happening.actor is not None:
            members.discard(happening.actor.id)
        for member_id in _gated(kind, happening, members):
            found[member_id, f"{kind.key}:{kind.thread_key(happening)}"].append(cause)
    return found


def _tellings(causes: list[Cause]) -> dict[Pair, Telling]:
    wanted = _wanted(causes)
    active = Member.objects.filter(account_id=current_account_id(), status=MemberStatus.ACTIVE, user__is_active=True)
    known = active.filter(pk__in={pair[0] for pair in wanted}).select_related("user", "account")
    members = {member.pk: member for member in known}
    return {
        pair: Telling(members[pair[0]], found)
        for pair, found in wanted.items()
        if pair[0] in members and members[pair[0]].role in found[-1].kind.audience
    }


def lock_counters(pairs: Iterable[Pair]) -> None:
    """Hold the counters of (member, area) pairs until the transaction ends; all of them at once, in one order."""
    wanted, account_id = sorted(set(pairs)), current_account_id()
    if not wanted:
        return
    rows = [Counter(account_id=account_id, member_id=member, area=area) for member, area in wanted]
    Counter.objects.bulk_create(rows, ignore_conflicts=True)
    members = Counter.objects.filter(member_id__in={member for member, _area in wanted})
    list(members.order_by("member_id", "area").select_for_update().values_list("pk"))


def _values(telling: Telling) -> dict:
    cause = telling.last
    happening = cause.happening
    return {
        "activity_id": happening.id, "actor_id": happening.actor.id if happening.actor else None,
        "subject_id": happening.subject_id, "client_id": happening.client_id, "data": happening.data, "at": cause.at,
    }  # fmt: skip


def _new(pair: Pair, telling: Telling, shown: bool) -> Notice:
    kind = telling.last.kind
    return Notice(
        account_id=current_account_id(), member_id=pair[0], kind=kind.key, area=kind.area, key=pair[1],
        count=len(telling.causes), shown=shown, **_values(telling),
    )  # fmt: skip


def _unread(tellings: dict[Pair, Telling]) -> dict[Pair, Notice]:
    keys, members = {pair[1] for pair in tellings}, {pair[0] for pair in tellings}
    found = Notice.objects.filter(member_id__in=members, key__in=keys, read_at=None)
    return {(notice.member_id, notice.key): notice for notice in found}


def _write(tellings: dict[Pair, Telling], wishes: Wishes) -> dict[Pair, Notice]:
    """Count what is unread already, add the others; the notices by member and key."""
    unread = {pair: notice for pair, notice in _unread(tellings).items() if pair in tellings}
    for pair, notice in unread.items():
        notice.count += len(tellings[pair].causes)
        for name, value in _values(tellings[pair]).items():
            setattr(notice, name, value)
    names = ["activity_id", "actor_id", "subject_id", "client_id", "data", "at", "count"]
    Notice.objects.bulk_update(unread.values(), names)
    made = {
        pair: _new(pair, telling, wishes.wants(pair[0], telling.last.kind, Channel.APP))
        for pair, telling in tellings.items()
        if pair not in unread
    }
    Notice.objects.bulk_create(made.values())
    _count(notice for notice in made.values() if notice.shown)
    return {**unread, **made}


def _count(made: Iterable[Notice]) -> None:
    grown: dict[Pair, int] = defaultdict(int)
    for notice in made:
        grown[notice.member_id, notice.area] += 1
    by_number: dict[int, list[Pair]] = defaultdict(list)
    for pair, number in grown.items():
        by_number[number].append(pair)
    for number, pairs in by_number.items():
        which = Q(pk__in=[])
        for area in {area for _member, area in pairs}:
            which |= Q(area=area, member_id__in=[member for member, own in pairs if own == area])
        Counter.objects.filter(which).update(unread=F("unread") + number)


def _heard(tellings: dict[Pair, Telling], wishes: Wishes) -> dict[Pair, Telling]:
    """Those who want to be told at all, by whatever channel."""
    return {
        pair: telling
        for pair, telling in tellings.items()
        if any(wishes.wants(pair[0], telling.last.kind, channel) for channel in Channel.values)
    }


def tell_causes(causes: list[Cause]) -> None:
    """Tell everybody whom these concern, in the caller's transaction."""
    tellings = _tellings(causes)
    wishes = Wishes({pair[0] for pair in tellings})
    tellings = _heard(tellings, wishes)
    lock_counters((pair[0], telling.last.kind.area) for pair, telling in tellings.items())
    notices = _write(tellings, wishes)
    announcing.announce(notices.values())
    sending.plan([(telling.member, notices[pair], telling.last.kind) for pair, telling in tellings.items()], wishes)


def tell(activity_ids: Iterable[UUID]) -> None:
    """Tell of activities of the account in context; those told before are left alone."""
    with transaction.atomic():
        known = Activity.objects.filter(pk__in=list(activity_ids)).values_list("pk", flat=True)
        tell_causes(_causes(_fresh(known)))


def tell_once(kind: NoticeKind, happening: Happening, at: datetime) -> None:
    """Tell of something that is no activity; `happening.id` is what it is known by, for ever."""
    with transaction.atomic():
        if _fresh([happening.id]):
            tell_causes([Cause(kind, happening, at)])

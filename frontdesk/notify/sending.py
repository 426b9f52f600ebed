"""What leaves Frontdesk about notices: planned in the transaction that tells, sent by jobs when it is due.

A notice that is due is handed to exactly one job. From there on a push or an e-mail is tried until the other side took
it; when the process is killed between that and noting it, it is sent again, as far as the other side lets one tell:
e-mails bear the same Message-ID, pushes the same tag.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from frontdesk.accounts import mails
from frontdesk.accounts.models import Member, MemberStatus
from frontdesk.core.ids import uuid7
from frontdesk.core.jobs import registry
from frontdesk.core.jobs.queue import enqueue
from frontdesk.core.tenancy.context import current_account_id

from . import letters, queries, timing
from .kinds import NoticeKind, kinds
from .models import Channel, Device, Notice, Outgoing
from .wishes import Wishes, zone_of

SEND, MAIL, PUSH = "notify.send", "notify.mail", "notify.push"
Planned = tuple[Member, Notice, NoticeKind]


def _channels(member: Member, kind: NoticeKind, wishes: Wishes, with_devices: set[UUID]) -> Iterable[str]:
    if wishes.wants(member.pk, kind, Channel.PUSH) and member.pk in with_devices and not member.is_away():
        yield Channel.PUSH
    if wishes.wants(member.pk, kind, Channel.MAIL) and letters.address_of(member):
        yield Channel.MAIL


def _with_devices(member_ids: set[UUID]) -> set[UUID]:
    return set(Device.objects.filter(member_id__in=member_ids).values_list("member_id", flat=True))


def _row(planned: Planned, channel: str, wishes: Wishes, now: datetime) -> Outgoing:
    member, notice, _kind = planned
    due = timing.push_due if channel == Channel.PUSH else timing.mail_due
    at, held = due(wishes.of(member.pk), zone_of(member), now)
    return Outgoing(
        account_id=current_account_id(), member_id=member.pk, notice=notice, channel=channel, due_at=at, held=held
    )


def plan(told: list[Planned], wishes: Wishes) -> None:
    """Note what is to be pushed and mailed and when, in the transaction of the notices; what waits already, waits."""
    now, with_devices = timezone.now(), _with_devices({member.pk for member, _notice, _kind in told})
    rows = [
        _row((member, notice, kind), channel, wishes, now)
        for member, notice, kind in told
        for channel in _channels(member, kind, wishes, with_devices)
    ]
    Outgoing.objects.bulk_create(rows, ignore_conflicts=True)
    job = registry.named(SEND)
    for member_id, channel, at in sorted({(row.member_id, str(row.channel), row.due_at) for row in rows}):
        enqueue(job, run_at=at, member_id=str(member_id), channel=channel)


def _batches(due: list[Outgoing]) -> list[list[str]]:
    """What goes together: all that was held back or is gathered, else each alone."""
    ids = [str(row.notice_id) for row in due]
    return [ids] if any(row.held for row in due) else [[one] for one in ids]


def hand_over(member_id: UUID, channel: str) -> None:
    """Hand what is due for a member by a channel to the jobs that send it; each notice to one of them."""
    with transaction.atomic():
        rows = Outgoing.objects.filter(member_id=member_id, channel=channel, due_at__lte=timezone.now())
        due = list(rows.order_by("id").select_for_update())
        Outgoing.objects.filter(pk__in=[row.pk for row in due]).delete()
        for batch in _batches(due) if due else ():
            _enqueue(member_id, channel, batch)


def _enqueue(member_id: UUID, channel: str, batch: list[str]) -> None:
    """One job for an e-mail, one for each device for a push."""
    if channel == Channel.MAIL:
        enqueue(registry.named(MAIL), member_id=str(member_id), notices=batch, batch=str(uuid7()))
        return
    for device_id in Device.objects.filter(member_id=member_id).order_by("id").values_list("pk", flat=True):
        enqueue(registry.named(PUSH), device_id=str(device_id), notices=batch)


def reader_of(member_id: UUID) -> Member | None:
    """A member to whom anything may be sent now."""
    active = Member.objects.filter(account_id=current_account_id(), status=MemberStatus.ACTIVE, user__is_active=True)
    return active.filter(pk=member_id).select_related("user", "account").first()


def still_wanted(member: Member, notice_ids: list[UUID], channel: str) -> list[Notice]:
    """Those that are unread, and that the member still wants by this channel, oldest first."""
    wishes = Wishes([member.pk])
    unread = Notice.objects.filter(member_id=member.pk, pk__in=notice_ids, read_at=None).order_by("at", "id")
    return [one for one in unread if (kind := kinds.get(one.kind)) and wishes.wants(member.pk, kind, channel)]


def settle(notices: list[Notice]) -> None:
    """End notices that were never shown in Frontdesk, once they are sent, so that the next one is told anew."""
    hidden = [notice.pk for notice in notices if not notice.shown]
    Notice.objects.filter(pk__in=hidden, read_at=None).update(read_at=timezone.now())


def mail(member_id: UUID, notice_ids: list[UUID], batch: UUID) -> None:
    """E-mail a member what they have not read and may see at this moment; raises what the mail server raises."""
    member = reader_of(member_id)
    if member is None or not letters.address_of(member):
        return
    notices = still_wanted(member, notice_ids, Channel.MAIL)
    with letters.reading(member):
        rows = [row for row in queries.worded(notices, member) if not row.gone]
        if rows:
            mails.send(letters.mail_of(member, rows, batch), member.account.name)
    settle(notices)

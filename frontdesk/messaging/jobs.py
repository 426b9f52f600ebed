"""Messages in the background: posting what waited for its time, wiping what was deleted."""

import structlog
from django.db import transaction
from django.utils import timezone

from frontdesk.accounts.models import Account, Member, MemberStatus, System
from frontdesk.core.errors import Forbidden, Invalid, Missing
from frontdesk.core.jobs.queue import keep_alive
from frontdesk.core.jobs.registry import every, job
from frontdesk.core.tenancy.context import account_context, across_accounts, current_account_id
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.live.publishing import rights_changed

from . import actions
from .actions.changing import RESTORABLE, wipe_deleted
from .models import Draft, Message
from .rooms.opening import open_next_rooms

log = structlog.get_logger("messages")
AT_ONCE = 200
ROOMS_AT_ONCE = 500


def _author(member_id) -> Member | None:
    return Member.objects.select_related("user", "account").filter(pk=member_id).first()


def _send(draft: Draft) -> None:
    author = _author(draft.author_id)
    try:
        if author is None or author.status != MemberStatus.ACTIVE:
            raise Forbidden("author")
        actions.send_due(author, draft)
    except (Forbidden, Missing, Invalid):
        Draft.objects.filter(pk=draft.pk).update(refused=True)


@every("messages.scheduled", seconds=5)
def send_scheduled() -> None:
    """Post the messages whose time has come; one whose author may no longer write there waits for them."""
    with across_accounts():
        due = Draft.objects.filter(send_at__lte=timezone.now(), refused=False)
        waiting = list(due.order_by("send_at", "id")[:AT_ONCE])
    for draft in waiting:
        with account_context(draft.account_id):
            try:
                _send(draft)
            except Exception:
                log.exception("a message was not sent at its time", draft=str(draft.pk))


@every("messages.wipe", minutes=10)
def wipe() -> None:
    """Empty deleted messages that can no longer be brought back."""
    late = timezone.now() - RESTORABLE
    with across_accounts():
        gone = Message.objects.filter(deleted_at__lt=late).exclude(body="", html="")
        accounts = list(gone.values_list("account_id", flat=True).distinct().order_by())
    for account in Account.objects.filter(pk__in=accounts):
        with account_context(account):
            wipe_deleted(System(account))


@job("messages.rooms", label=_lazy("Open the rooms of %(clients)s"))
def open_rooms() -> None:
    """Give every client of the account in context a room who has none, being older than rooms are.

    A migration queues it. Some clients in each transaction, so that nobody waits; a run that is killed goes on with
    those left.
    """
    reached = open_next_rooms(None, ROOMS_AT_ONCE)
    while reached:
        keep_alive(progressed=True)
        reached = open_next_rooms(reached, ROOMS_AT_ONCE)
    with transaction.atomic():
        rights_changed(current_account_id())

"""Watching over channels and mailboxes: admins hear of what fails for long, every day, and once it works again."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from frontdesk.accounts.models import Account, System
from frontdesk.activity.spine import record
from frontdesk.core.tenancy.context import account_context, across_accounts

from .models import ChannelSettings, Mailbox

LONG = timedelta(minutes=30)
AGAIN = timedelta(days=1)


Watched = ChannelSettings | Mailbox
# What is watched, and which of it: a mailbox that is switched off has no problem.
ON: dict[type[Watched], Q] = {ChannelSettings: Q(enabled=True), Mailbox: Q()}
VERBS = {ChannelSettings: "channels", Mailbox: "channels.mailbox"}
WORKS = Q(problem="", told_at__isnull=False)


def _long_failing(model: type[Watched], now) -> Q:
    due = Q(told_at=None) | Q(told_at__lte=now - AGAIN)
    return due & ON[model] & Q(problem_since__lte=now - LONG) & ~Q(problem="")


def watch() -> None:
    """Record, in every account, what has failed for long and what works again."""
    now, accounts = timezone.now(), set()
    with across_accounts():
        for model in ON:
            found = model.objects.filter(_long_failing(model, now) | WORKS).order_by()
            accounts |= set(found.values_list("account_id", flat=True))
    for account in Account.objects.filter(pk__in=accounts):
        with account_context(account):
            for model in ON:
                _tell(account, model)


def _tell(account: Account, model: type[Watched]) -> None:
    now = timezone.now()
    with transaction.atomic():
        for row in model.objects.select_for_update().filter(_long_failing(model, now)):
            _note(account, row, "failing", told_at=now, since=row.problem_since.isoformat())
        for row in model.objects.select_for_update().filter(WORKS):
            _note(account, row, "recovered", told_at=None, works="yes")


def _note(account: Account, row: Watched, verb: str, *, told_at, **data) -> None:
    row.told_at = told_at
    row.save(update_fields=["told_at"])
    own = {"channel": row.channel} if isinstance(row, ChannelSettings) else {"channel": "email", "mailbox": "yes"}
    data |= own | {"reason": row.problem}
    record(System(account), f"{VERBS[type(row)]}.{verb}", subject_id=row.pk, data=data)

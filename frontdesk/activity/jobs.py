"""Upkeep of the log."""

import structlog

from frontdesk.core.jobs.queue import keep_alive
from frontdesk.core.jobs.registry import every, job
from frontdesk.core.tenancy.context import account_context, across_accounts
from frontdesk.core.text import gettext_lazy as _lazy

from . import seals
from .models import Seal, Verification

log = structlog.get_logger("activity")
SEALS_BETWEEN_TELLING = 20


@every("activity.seal", minutes=1)
def seal_log() -> None:
    """Seal what was written since the last run, in every account."""
    seals.seal_all()


@every("activity.verify", days=1)
def verify_logs() -> None:
    """Check every account's chain; a broken one is logged and shown on the page of its log."""
    with across_accounts():
        accounts = list(Seal.objects.filter(number=1).values_list("account_id", flat=True))
    for account_id in accounts:
        with account_context(account_id):
            found = seals.verify()
        if found.fault:
            log.error("log is broken", account=str(account_id), fault=found.fault, seal=found.broken_seal)


@job("activity.check", label=_lazy("Check the audit log"))
def check_log() -> None:
    """Check the chain of the account in context, and tell how far it came."""
    seals.verify(_tell)


def _tell(seals_done: int) -> None:
    if seals_done % SEALS_BETWEEN_TELLING == 0:
        Verification.objects.update(done=seals_done)
        keep_alive()

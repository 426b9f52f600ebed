"""The background runs of undo, and forgetting what is too old to be undone."""

from uuid import UUID

from django.utils import timezone

from frontdesk.accounts.models import System
from frontdesk.core.jobs.registry import every, job
from frontdesk.core.tenancy.context import account_context, across_accounts
from frontdesk.core.text import gettext_lazy as _lazy

from . import running
from .models import KEPT, Change, State

_AT_A_TIME = 500


@job("undo.work", label=_lazy("Undo a change"))
def work(change_id: str) -> None:
    """Go on with an undo from where it is."""
    found = Change.objects.select_related("undone_by__account", "account").filter(pk=UUID(change_id)).first()
    if found is not None:
        running.go_on(found.undone_by or System(found.account), found)


@every("undo.prune", hours=6)
def prune() -> None:
    """Forget changes that can no longer be undone, with all that was kept to restore them."""
    with across_accounts():
        old = Change.objects.filter(at__lt=timezone.now() - KEPT).exclude(state__in=[State.WORKING, State.UNDOING])
        found = list(old.values_list("account_id", "pk"))
    for account_id, change_id in found:
        with account_context(account_id):
            Change.objects.filter(pk=change_id).delete()

"""Upkeep of the files of clients."""

from frontdesk.accounts.models import Account, System
from frontdesk.core.jobs.registry import every
from frontdesk.core.tenancy.context import account_context
from frontdesk.files import actions as files
from frontdesk.files.models import StoredFile
from frontdesk.undo.models import ChangedRow

from ..models import Client
from .place import KEY


@every("clients.files.prune", days=1)
def prune() -> None:
    """Forget the files of clients who were deleted, once that can no longer be undone."""
    for account in Account.objects.all():
        with account_context(account):
            _prune(account)


def _prune(account: Account) -> None:
    owners = StoredFile.objects.filter(place=KEY).exclude(place_id__in=Client.objects.values("pk"))
    gone = {one for one in owners.values_list("place_id", flat=True) if one}
    coming_back = set(ChangedRow.objects.filter(about__in=gone).values_list("about", flat=True))
    if gone - coming_back:
        files.discard(System(account), KEY, gone - coming_back)

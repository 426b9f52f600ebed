"""What clients may do in the portal."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from frontdesk.accounts import actions as accounts
from frontdesk.activity.spine import record
from frontdesk.core.options import change

from .. import access, permissions
from ..models import Client
from ..options import portal_options


def set_portal_options(actor, chosen: Mapping[str, bool | None]) -> None:
    """Choose what all clients may do, None being as it was to begin with; raises Invalid, Forbidden."""
    accounts.set_account_options(actor, "portal_options", portal_options, chosen)


def set_client_options(actor, client: Client, chosen: Mapping[str, bool | None]) -> Client:
    """Choose what one client may do, None being as all clients; raises Invalid, Forbidden."""
    access.require(actor, permissions.INVITE)
    with transaction.atomic():
        locked = Client.objects.select_for_update().get(pk=client.pk)
        changed = change(portal_options, locked.portal_options, chosen)
        client.portal_options = changed.layer
        if changed.after:
            client.updated_at = timezone.now()
            client.save(update_fields=["portal_options", "updated_at"])
            data = {"before": changed.before, "after": changed.after}
            record(actor, "client.portal_options", subject_id=client.pk, client_id=client.pk, data=data)
    return client

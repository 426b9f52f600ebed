"""What a bulk action in the background has still to do."""

from django.db import models

from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel
from frontdesk.undo.models import Change


class BulkPart(TenantModel):
    """Some of the clients that a bulk action is for; the row goes in the transaction that deals with them."""

    change = AccountForeignKey(Change, models.CASCADE, related_name="+", db_index=False)
    clients = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["account", "change", "id"], name="bulk_part_of_change")]

"""Where clients went that were merged into others."""

from django.db import models

from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel


class MergedClient(TenantModel):
    """A client that is no more, since it was merged; `former` is its id, by which old addresses find the kept one."""

    former = models.UUIDField()
    into = AccountForeignKey("clients.Client", models.CASCADE, related_name="+", db_index=False)
    merged_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "former"], name="merged_once")]
        indexes = [models.Index(fields=["account", "into"], name="merged_into")]

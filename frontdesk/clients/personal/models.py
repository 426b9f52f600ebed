"""Bundles of one client's personal data."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel

KEPT = timedelta(days=7)


class PersonalBundle(TenantModel):
    """A file with all personal data of a client; made in the background, deleted after seven days."""

    client = AccountForeignKey("clients.Client", models.CASCADE, related_name="+", db_index=False)
    member = models.ForeignKey("accounts.Member", models.SET_NULL, null=True, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    size = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["account", "client", "id"], name="bundle_of_client")]

    @property
    def expires_at(self):
        """When the file is deleted."""
        return self.asked_at + KEPT

    @property
    def is_ready(self) -> bool:
        """Whether it can be downloaded now."""
        return self.ready_at is not None and self.expires_at > timezone.now()

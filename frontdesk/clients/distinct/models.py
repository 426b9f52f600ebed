"""Pairs of clients that are alike and yet are not the same."""

from django.db import models

from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel

from ..models import Client


class NotDuplicate(TenantModel):
    """Somebody said that these two are not the same; which of them is `one` means nothing."""

    one = AccountForeignKey(Client, models.CASCADE, related_name="+", db_index=False)
    other = AccountForeignKey(Client, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "one", "other"], name="not_duplicate_once")]
        indexes = [models.Index(fields=["account", "other"], name="not_duplicate_other")]

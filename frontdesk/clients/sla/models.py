"""The times that were agreed."""

from django.db import models
from django.db.models import Q

from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel
from frontdesk.core.text import gettext_lazy as _lazy


class Priority(models.TextChoices):
    """How pressing a request or job is."""

    URGENT = "urgent", _lazy("Urgent")
    HIGH = "high", _lazy("High")
    NORMAL = "normal", _lazy("Normal")
    LOW = "low", _lazy("Low")


class ServiceLevel(TenantModel):
    """Minutes until the answer and until the solution, by priority: of a client, or of the account (`client` None).

    `times` is {priority: {"response": minutes, "resolution": minutes}}; what is missing is the account's,
    or not agreed.
    """

    client = AccountForeignKey("clients.Client", models.CASCADE, null=True, related_name="+", db_index=False)
    times = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "client"], name="service_level_of_client"),
            models.UniqueConstraint(
                fields=["account"], condition=Q(client__isnull=True), name="service_level_of_account"
            ),
        ]

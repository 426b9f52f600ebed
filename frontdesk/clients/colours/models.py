"""What colour a client has in one member's calendar."""

from django.db import models

from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel

from ..models import Client


class ClientColour(TenantModel):
    """A member's own choice, one of eight colours; no row where they chose none."""

    client = AccountForeignKey(Client, models.CASCADE, related_name="+", db_index=False)
    member = models.ForeignKey("accounts.Member", models.CASCADE, related_name="+", db_index=False)
    hue = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "member", "client"], name="client_colour_once"),
        ]
        indexes = [models.Index(fields=["account", "client"], name="client_colour_of_client")]

"""Which clients somebody follows."""

from django.db import models

from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel
from frontdesk.core.text import gettext_lazy as _lazy

from ..models import Client


class What(models.TextChoices):
    """What of a client is followed."""

    TASKS = "tasks", _lazy("Tasks")
    CHAT = "chat", _lazy("Chat")
    CALENDAR = "calendar", _lazy("Calendar")


class ClientFollow(TenantModel):
    """A member of the office is told of one kind of a client's activity; no row, no push and no counter."""

    client = AccountForeignKey(Client, models.CASCADE, related_name="+", db_index=False)
    member = models.ForeignKey("accounts.Member", models.CASCADE, related_name="+", db_index=False)
    what = models.CharField(max_length=10, choices=What)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "member", "what", "client"], name="client_follow_once"),
        ]
        indexes = [models.Index(fields=["account", "client", "what"], name="client_followers")]

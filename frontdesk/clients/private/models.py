"""Private notes on people: clients, their contacts, members."""

from django.db import models
from django.db.models import Q

from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel


class PrivateNote(TenantModel):
    """Additional information about a person, seen by admins and staff only.

    Either about a client (`contact` says about which of its contacts, None: the client itself) or about a `member`.
    """

    client = AccountForeignKey("clients.Client", models.CASCADE, null=True, related_name="+", db_index=False)
    contact = AccountForeignKey("clients.Contact", models.CASCADE, null=True, related_name="+", db_index=False)
    member = models.ForeignKey("accounts.Member", models.CASCADE, null=True, related_name="+", db_index=False)
    author = models.ForeignKey("accounts.Member", models.SET_NULL, null=True, related_name="+", db_index=False)
    body = models.TextField(max_length=20000)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(client__isnull=False, member__isnull=True) | Q(client__isnull=True, member__isnull=False),
                name="private_note_about_one",
            )
        ]
        indexes = [
            models.Index(fields=["account", "client", "id"], name="private_note_of_client"),
            models.Index(fields=["account", "member", "id"], name="private_note_of_member"),
        ]

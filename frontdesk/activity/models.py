"""The spine: one row for everything that happens, and the seals that make the log tamper-evident."""

from django.db import models

from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel


class Activity(TenantModel):
    """Who did what to which thing. Never changed after it was written.

    `client_id` and `subject_id` are plain identifiers since clients and all else live in higher domains.
    `data` holds what a sentence needs (old and new state, counts) and identifiers, never secrets.
    """

    at = models.DateTimeField()
    actor = models.ForeignKey("accounts.Member", models.SET_NULL, null=True, related_name="+", db_index=False)
    actor_name = models.CharField(max_length=120, blank=True)
    verb = models.CharField(max_length=60)
    subject_id = models.UUIDField(null=True)
    client_id = models.UUIDField(null=True)
    data = models.JSONField(default=dict)
    request_id = models.CharField(max_length=36, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "id"], name="activity_log"),
            models.Index(fields=["account", "client_id", "id"], name="activity_timeline"),
        ]


class Seal(TenantModel):
    """A batch of activities hashed together with the seal before it."""

    number = models.PositiveBigIntegerField()
    first = AccountForeignKey(Activity, models.PROTECT, related_name="+", db_index=False)
    last = AccountForeignKey(Activity, models.PROTECT, related_name="+", db_index=False)
    count = models.PositiveIntegerField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "number"], name="seal_number")]

"""Addresses of other systems that are told what happens, and each message to them."""

from django.db import models
from django.utils import timezone

from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel
from frontdesk.core.text import gettext_lazy as _lazy


class State(models.TextChoices):
    """Whether an endpoint is told anything; GONE and FAILING were switched off by Frontdesk."""

    ON = "on", _lazy("Sends")
    OFF = "off", _lazy("Sends nothing")
    FAILING = "failing", _lazy("Switched off after days of failures")
    GONE = "gone", _lazy("Switched off: the address said that it is gone")


class Status(models.TextChoices):
    """Where a message stands."""

    WAITING = "waiting", _lazy("Waiting")
    DELIVERED = "delivered", _lazy("Delivered")
    FAILED = "failed", _lazy("Failed")


class Endpoint(TenantModel):
    """An address that gets the activities of some kinds.

    `kinds` holds "*", first parts of verbs ("clients") and verbs ("note.added"). The secrets are sealed; the former
    one signs too until `former_until`. Activities after `told_from` are told; up to
    `read_to` they were looked at. `failures` counts since the last
    success, which began at `failing_since`; nothing is sent before `paused_until`.
    """

    url = models.CharField(max_length=500)
    description = models.CharField(max_length=120, blank=True)
    kinds = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.ON)
    secret = models.TextField()
    former_secret = models.TextField(blank=True)
    former_until = models.DateTimeField(null=True)
    told_from = models.UUIDField()
    read_to = models.UUIDField()
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["account", "state"], name="webhook_state")]

    @property
    def is_on(self) -> bool:
        """Whether it is told what happens."""
        return self.state == State.ON

    @property
    def has_former_secret(self) -> bool:
        """Whether messages are signed with the former secret too."""
        return bool(self.former_secret and self.former_until and self.former_until > timezone.now())


class Delivery(TenantModel):
    """One message to one endpoint; without an activity it is a test."""

    endpoint = AccountForeignKey(Endpoint, models.CASCADE, related_name="+", db_index=False)
    activity_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=60)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    first_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    milliseconds = models.PositiveIntegerField(null=True)
    response_status = models.PositiveSmallIntegerField(null=True)
    response_text = models.CharField(max_length=500, blank=True)
    error = models.CharField(max_length=30, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "endpoint", "activity_id"], name="webhook_once"),
        ]
        indexes = [
            models.Index(fields=["account", "endpoint", "id"], name="webhook_log"),
            models.Index(fields=["account", "endpoint", "status", "next_at"], name="webhook_due"),
        ]

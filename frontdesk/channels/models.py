"""Settings of channels, messages that leave, and messages that arrive."""

import json
import secrets as random

from django.db import models
from django.db.models import Q
from django.utils import timezone

from frontdesk.clients.models import Client, Contact
from frontdesk.core import vault
from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel
from frontdesk.core.text import gettext_lazy as _lazy

PURPOSE = "channel"


def new_token() -> str:
    """The part of a hook's address that nobody can guess."""
    return random.token_urlsafe(24)


class ChannelSettings(TenantModel):
    """How an account uses a channel. `config` may be shown, the secrets never; `token` is in the addresses of hooks.

    `problem` is the code of what stopped the last sending; the channel rests until `paused_until` after `failures` in
    a row. It fails since `problem_since`; `told_at` is when admins were told last, None while there is nothing to tell.
    """

    channel = models.CharField(max_length=20)
    enabled = models.BooleanField(default=True)
    config = models.JSONField(default=dict)
    secrets = models.TextField(blank=True)
    token = models.CharField(max_length=64, default=new_token)
    checked_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=40, blank=True)
    problem_detail = models.CharField(max_length=300, blank=True)
    problem_at = models.DateTimeField(null=True)
    problem_since = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    paused_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "channel"], name="channel_once")]

    def opened(self) -> dict[str, str]:
        """All secrets; raises vault.Unreadable."""
        return json.loads(vault.opened(self.secrets, PURPOSE)) if self.secrets else {}

    def seal(self, secrets: dict[str, str]) -> None:
        """Keep these secrets."""
        self.secrets = vault.sealed(json.dumps(secrets), PURPOSE) if secrets else ""

    def secret(self, name: str) -> str:
        """One secret, "" when it is not set or cannot be read any more."""
        try:
            return self.opened().get(name, "")
        except vault.Unreadable:
            return ""

    @property
    def is_paused(self) -> bool:
        """Whether the channel rests after failures."""
        return self.paused_until is not None and self.paused_until > timezone.now()


class State(models.TextChoices):
    """Where a message stands; KEPT ones wait in the outbox because their channel is not set up."""

    QUEUED = "queued", _lazy("Waiting")
    SENDING = "sending", _lazy("Being sent")
    SENT = "sent", _lazy("Sent")
    DELIVERED = "delivered", _lazy("Delivered")
    READ = "read", _lazy("Read")
    FAILED = "failed", _lazy("Failed")
    CANCELLED = "cancelled", _lazy("Cancelled")
    KEPT = "kept", _lazy("Not set up")


OPEN = (State.QUEUED, State.SENDING)


class Dispatch(TenantModel):
    """One message to one address by one channel.

    `key` makes the same cause be queued once. `next_at` is when it is tried next; of one that is being sent, when its
    sender counts as dead, and `attempt` marks that sender. `uncertain` says that the provider may have it already,
    `former_id` is the provider's name of an attempt that failed before somebody tried anew. Tries are given up a day
    after `due_at`.
    """

    channel = models.CharField(max_length=20)
    client = AccountForeignKey(Client, models.CASCADE, null=True, related_name="+", db_index=False)
    contact = AccountForeignKey(Contact, models.SET_NULL, null=True, related_name="+", db_index=False)
    to = models.CharField(max_length=254)
    to_name = models.CharField(max_length=160, blank=True)
    subject = models.CharField(max_length=400, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    purpose = models.CharField(max_length=13)
    cause = models.CharField(max_length=40)
    cause_id = models.UUIDField(null=True)
    thread = models.UUIDField(null=True)
    key = models.CharField(max_length=160)
    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    reason = models.CharField(max_length=40, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    attempt = models.UUIDField(null=True)
    uncertain = models.BooleanField(default=False)
    next_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    provider_id = models.CharField(max_length=200, blank=True)
    former_id = models.CharField(max_length=200, blank=True)
    segments = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="dispatch_once")]
        indexes = [
            models.Index(fields=["account", "id"], name="outbox_all"),
            models.Index(fields=["account", "state", "id"], name="outbox_state"),
            models.Index(fields=["account", "channel", "id"], name="outbox_channel"),
            models.Index(fields=["account", "channel", "state", "id"], name="outbox_both"),
            models.Index(fields=["account", "channel", "state", "next_at"], name="dispatch_due"),
            models.Index(fields=["account", "cause", "cause_id"], name="dispatch_of_cause"),
            models.Index(fields=["account", "client", "id"], name="dispatch_of_client"),
            # Whole, since SQLite cannot tell that a bound value belongs to the part that an index has.
            models.Index(fields=["account", "channel", "provider_id"], name="dispatch_at_provider"),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be sent."""
        return self.state in OPEN


class Arrival(TenantModel):
    """Something that arrived, written before anything is read from it: its `raw` bytes as a blob, or a `payload`."""

    class State(models.TextChoices):
        NEW = "new", _lazy("New")
        DONE = "done", _lazy("Taken in")
        REFUSED = "refused", _lazy("Refused")
        FAILED = "failed", _lazy("Failed")

    channel = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=200)
    size = models.BigIntegerField(default=0)
    raw = models.CharField(max_length=120, blank=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=7, choices=State, default=State.NEW)
    reason = models.CharField(max_length=40, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField()
    client = AccountForeignKey(Client, models.CASCADE, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "channel", "provider_id"], name="arrival_once")]
        indexes = [
            models.Index(fields=["account", "state", "id"], name="arrival_state"),
            models.Index(fields=["account", "client", "id"], name="arrival_of_client"),
        ]

    @property
    def is_kept(self) -> bool:
        """Whether what arrived can still be read."""
        return bool(self.raw or self.payload)

    @property
    def sender(self) -> str:
        """Who sent it, as far as that is known without reading it."""
        return str(self.payload.get("From", ""))


class ReceivedMail(TenantModel):
    """An e-mail as it was read; `html` is harmless and holds its own pictures, but none from elsewhere.

    `fingerprint` is the same for two copies of one mail, `automatic` says how a machine was recognised.
    """

    arrival = AccountForeignKey(Arrival, models.CASCADE, related_name="+", db_index=False)
    sender = models.CharField(max_length=254)
    subject = models.CharField(max_length=400, blank=True)
    html = models.TextField(blank=True)
    automatic = models.CharField(max_length=20, blank=True)
    verified = models.BooleanField(default=False)
    fingerprint = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "arrival"], name="mail_of_arrival"),
            models.UniqueConstraint(fields=["account", "fingerprint"], name="mail_once"),
        ]
        indexes = [
            models.Index(
                fields=["account", "sender", "created_at"], condition=~Q(automatic=""), name="mail_of_machines"
            )
        ]


class Mailbox(TenantModel):
    """How far an account's mailbox was read: up to `uid` of the folder `identity`, as `validity` numbers it.

    `problem`, `problem_since` and `told_at` are as those of `ChannelSettings`.
    """

    identity = models.CharField(max_length=64, blank=True)
    validity = models.BigIntegerField(default=0)
    uid = models.BigIntegerField(default=0)
    taken = models.BigIntegerField(default=0)
    next_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=40, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    problem_since = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account"], name="mailbox_once")]

"""Subscriptions to messages as they are, and everything that happened to them."""

from django.db import models

from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel
from frontdesk.core.text import gettext_lazy as _lazy


class Channel(models.TextChoices):
    """How a message travels."""

    EMAIL = "email", _lazy("E-mail")
    SMS = "sms", _lazy("SMS")


class Purpose(models.TextChoices):
    """What a message is for, beside what is transactional and always sent."""

    SERVICE = "service", _lazy("Service messages")
    MARKETING = "marketing", _lazy("News and offers")


class Source(models.TextChoices):
    """By what way somebody changed a subscription."""

    OFFICE = "office", _lazy("The office")
    API = "api", _lazy("The API")
    PORTAL = "portal", _lazy("The portal")
    LINK = "link", _lazy("The link in an e-mail")
    SMS = "sms", _lazy("A text message")
    UNDO = "undo", _lazy("A change taken back")
    MERGE = "merge", _lazy("A merge")


# What the client said itself, which no change of many at once overrides.
OWN_WORD = frozenset({Source.PORTAL.value, Source.LINK.value, Source.SMS.value})


class Subscription(TenantModel):
    """Whether a client gets messages of one channel and purpose; without a row the rule of `rule.py` decides."""

    client = AccountForeignKey("clients.Client", models.CASCADE, related_name="+", db_index=False)
    channel = models.CharField(max_length=5, choices=Channel)
    purpose = models.CharField(max_length=9, choices=Purpose)
    subscribed = models.BooleanField()
    since = models.DateTimeField()
    source = models.CharField(max_length=6, choices=Source)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "client", "channel", "purpose"], name="subscription_once"),
        ]

    @property
    def kind(self) -> tuple[str, str]:
        """Channel and purpose."""
        return (self.channel, self.purpose)


class SubscriptionEvent(TenantModel):
    """One change of a subscription; only ever added. `address` is where the link or the text message came from."""

    client = AccountForeignKey("clients.Client", models.CASCADE, related_name="+", db_index=False)
    channel = models.CharField(max_length=5, choices=Channel)
    purpose = models.CharField(max_length=9, choices=Purpose)
    subscribed = models.BooleanField()
    at = models.DateTimeField()
    source = models.CharField(max_length=6, choices=Source)
    member = models.ForeignKey("accounts.Member", models.SET_NULL, null=True, related_name="+", db_index=False)
    address = models.CharField(max_length=254, blank=True)

    class Meta:
        indexes = [models.Index(fields=["account", "client", "id"], name="subscription_events")]

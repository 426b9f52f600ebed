"""Clients, their contacts and addresses, who serves them, who signs in for them."""

from django.db import models
from django.db.models import Q, Value

from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel
from frontdesk.core.text import gettext_lazy as _lazy


class Kind(models.TextChoices):
    """What a client is."""

    PERSON = "person", _lazy("Person")
    ORGANISATION = "organisation", _lazy("Organisation")
    GROUP = "group", _lazy("Group")


class Status(models.TextChoices):
    """Active clients are served; inactive ones cannot sign in, be booked or pay; prospects never were clients."""

    ACTIVE = "active", _lazy("Active")
    PROSPECT = "prospect", _lazy("Prospect")
    INACTIVE = "inactive", _lazy("Inactive")


class Client(TenantModel):
    """A person, organisation or group that the account serves.

    `email`, `phone`, `has_mobile`, `has_portal` repeat what the contacts and accesses say, so that a list of
    50 clients is one query; `summary.refresh` keeps them true. So does `unsubscribed` what the subscriptions say, kept
    by `subscriptions.changing.refresh`. `custom` holds the values of the account's own fields
    by their ids (see `custom.values`), `formerly` the ids of clients that were merged into it.
    """

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PERSON)
    status = models.CharField(max_length=8, choices=Status, default=Status.ACTIVE)
    name = models.CharField(max_length=160)
    sort_key = models.CharField(max_length=160)
    reference = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=12, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    has_mobile = models.BooleanField(default=False)
    has_portal = models.BooleanField(default=False)
    unsubscribed = models.BooleanField(default=False, db_default=False, help_text="From all messages.")
    custom = models.JSONField(default=dict)
    formerly = models.JSONField(null=True)
    portal_options = models.JSONField(
        default=dict,
        db_default=Value({}, models.JSONField()),
        blank=True,
        help_text="Own choices, before the account's.",
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "reference"], condition=~Q(reference=""), name="client_reference"
            ),
        ]
        indexes = [
            models.Index(fields=["account", "sort_key", "id"], name="client_by_name"),
            models.Index(fields=["account", "status", "sort_key", "id"], name="client_by_status_name"),
            models.Index(fields=["account", "id"], name="client_by_age"),
            models.Index(fields=["account", "status", "id"], name="client_by_status_age"),
            models.Index(fields=["account", "updated_at", "id"], name="client_by_change"),
            models.Index(fields=["account", "has_mobile", "sort_key", "id"], name="client_by_mobile"),
            models.Index(fields=["account", "has_portal", "sort_key", "id"], name="client_by_portal"),
            models.Index(
                fields=["account", "sort_key", "id"], condition=Q(unsubscribed=True), name="client_unsubscribed"
            ),
        ]

    def __str__(self):
        return self.name


class Tally(TenantModel):
    """How many clients of each status the account has, kept with every change so that pages need not count."""

    status = models.CharField(max_length=8, choices=Status)
    count = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "status"], name="client_tally")]


class Contact(TenantModel):
    """A person to reach about a client; exactly one a client is primary and gets invitation and invoices."""

    client = AccountForeignKey(Client, models.CASCADE, related_name="contacts", db_index=False)
    name = models.CharField(max_length=160)
    role = models.CharField(max_length=80, blank=True)
    is_primary = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "client"], condition=Q(is_primary=True), name="one_primary_contact"
            ),
        ]
        indexes = [models.Index(fields=["account", "client", "id"], name="contact_of_client")]


class ContactPoint(TenantModel):
    """An e-mail address or phone number of a contact, with the consent to use it.

    `value` is as people read it, `normal` as it is compared: lower case for e-mail, E.164 for phones.
    """

    class Kind(models.TextChoices):
        EMAIL = "email", _lazy("E-mail")
        PHONE = "phone", _lazy("Phone")

    contact = AccountForeignKey(Contact, models.CASCADE, related_name="points", db_index=False)
    kind = models.CharField(max_length=5, choices=Kind)
    value = models.CharField(max_length=254)
    normal = models.CharField(max_length=254)
    label = models.CharField(max_length=40, blank=True)
    is_mobile = models.BooleanField(default=False)
    consent = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["account", "contact", "id"], name="point_of_contact"),
            models.Index(fields=["account", "normal"], name="point_lookup"),
        ]


class Address(TenantModel):
    """A postal address of a client, or of one of its contacts."""

    client = AccountForeignKey(Client, models.CASCADE, related_name="addresses", db_index=False)
    contact = AccountForeignKey(
        Contact, models.CASCADE, null=True, blank=True, related_name="addresses", db_index=False
    )
    label = models.CharField(max_length=40, blank=True)
    street = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=100, blank=True)
    region = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=2, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "client", "id"], name="address_of_client"),
            models.Index(fields=["account", "contact"], name="address_of_contact"),
        ]


class Tag(TenantModel):
    """A label of the account's own for its clients; `hue` is one of eight colours."""

    name = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    hue = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="tag_key")]


class ClientTag(TenantModel):
    """A tag on a client. `sort_key` repeats the client's, so that a list by tag need not sort."""

    client = AccountForeignKey(Client, models.CASCADE, related_name="+", db_index=False)
    tag = AccountForeignKey(Tag, models.CASCADE, related_name="+", db_index=False)
    sort_key = models.CharField(max_length=160, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "client", "tag"], name="client_tag_once")]
        indexes = [models.Index(fields=["account", "tag", "sort_key", "client"], name="clients_of_tag_by_name")]


class Assignment(TenantModel):
    """A member of the team serves a client: this row is what lets a co-worker see it. `sort_key` as in ClientTag."""

    client = AccountForeignKey(Client, models.CASCADE, related_name="assignments", db_index=False)
    member = models.ForeignKey("accounts.Member", models.CASCADE, related_name="+", db_index=False)
    assigned_by = models.ForeignKey("accounts.Member", models.SET_NULL, null=True, related_name="+", db_index=False)
    assigned_at = models.DateTimeField(auto_now_add=True)
    sort_key = models.CharField(max_length=160, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "client", "member"], name="assigned_once")]
        indexes = [models.Index(fields=["account", "member", "sort_key", "client"], name="clients_of_member_by_name")]


class ClientAccess(TenantModel):
    """A portal member (client or guest) may see a client; `contact` is the person they are, where known."""

    client = AccountForeignKey(Client, models.CASCADE, related_name="accesses", db_index=False)
    member = models.ForeignKey("accounts.Member", models.CASCADE, related_name="+", db_index=False)
    contact = AccountForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    granted_by = models.ForeignKey("accounts.Member", models.SET_NULL, null=True, related_name="+", db_index=False)
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "client", "member"], name="access_once")]
        indexes = [models.Index(fields=["account", "member", "client"], name="access_of_member")]


class PastGrant(TenantModel):
    """An assignment or a portal access that has ended; those that hold are `Assignment` and `ClientAccess` rows."""

    class Kind(models.TextChoices):
        ASSIGNMENT = "assignment", _lazy("Assignment")
        ACCESS = "access", _lazy("Portal access")

    client = AccountForeignKey(Client, models.CASCADE, related_name="+", db_index=False)
    member = models.ForeignKey("accounts.Member", models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    granted_by = models.ForeignKey("accounts.Member", models.SET_NULL, null=True, related_name="+", db_index=False)
    granted_at = models.DateTimeField()
    ended_by = models.ForeignKey("accounts.Member", models.SET_NULL, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["account", "client", "ended_at"], name="past_grants_of_client"),
            models.Index(fields=["account", "member", "ended_at"], name="past_grants_of_member"),
        ]


class Note(TenantModel):
    """What the team wrote down about a client; never shown to the client."""

    client = AccountForeignKey(Client, models.CASCADE, related_name="notes", db_index=False)
    author = models.ForeignKey("accounts.Member", models.SET_NULL, null=True, related_name="+", db_index=False)
    body = models.TextField(max_length=20000)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["account", "client", "id"], name="note_of_client")]


class Availability(TenantModel):
    """A weekly interval in which a client can be served, in wall-clock time; a day without rows is unavailable."""

    client = AccountForeignKey(Client, models.CASCADE, related_name="availability", db_index=False)
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday.")
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "client", "weekday", "starts"], name="availability_of_client")]


# Django finds the tables of a domain through this module.
from .bulk.models import BulkPart  # noqa: E402, F401
from .colours.models import ClientColour  # noqa: E402, F401
from .custom.models import CustomField  # noqa: E402, F401
from .distinct.models import NotDuplicate  # noqa: E402, F401
from .following.models import ClientFollow  # noqa: E402, F401
from .imports.models import ClientImport, ImportedClient, LeftOutRow, RememberedColumns  # noqa: E402, F401
from .merging.models import MergedClient  # noqa: E402, F401
from .personal.models import PersonalBundle  # noqa: E402, F401
from .private.models import PrivateNote  # noqa: E402, F401
from .saved.models import SavedView  # noqa: E402, F401
from .sla.models import ServiceLevel  # noqa: E402, F401
from .subscriptions.models import Subscription, SubscriptionEvent  # noqa: E402, F401

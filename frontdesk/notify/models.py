"""Tables of notifications: what people are told, how many of them are unread, and what they wish to be told."""

from django.db import models
from django.db.models import Q

from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel
from frontdesk.core.text import gettext_lazy as _lazy


class Channel(models.TextChoices):
    """How somebody is told."""

    APP = "app", _lazy("In Frontdesk")
    PUSH = "push", _lazy("Push")
    MAIL = "mail", _lazy("E-mail")


class Rhythm(models.TextChoices):
    """How often e-mails about notifications leave."""

    AT_ONCE = "at_once", _lazy("At once")
    HOURLY = "hourly", _lazy("Once an hour")
    DAILY = "daily", _lazy("Once a day")


class Notice(TenantModel):
    """What one member is told: ids and states alone, put into words when it is read or sent.

    While it is unread, what happens under the same `key` is counted in it. One that is not `shown` exists only to be
    pushed or mailed.
    """

    member = models.ForeignKey("accounts.Member", models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=60)
    area = models.CharField(max_length=30)
    key = models.CharField(max_length=150)
    activity_id = models.UUIDField(null=True)
    actor_id = models.UUIDField(null=True)
    subject_id = models.UUIDField(null=True)
    client_id = models.UUIDField(null=True)
    data = models.JSONField(default=dict)
    count = models.PositiveIntegerField(default=1)
    shown = models.BooleanField(default=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "member", "key"], condition=Q(read_at__isnull=True), name="notice_unread_once"
            ),
        ]
        indexes = [
            models.Index(fields=["account", "member", "-at", "-id"], condition=Q(shown=True), name="notice_newest"),
            models.Index(
                fields=["account", "member", "area", "-at", "-id"], condition=Q(shown=True), name="notice_of_area"
            ),
        ]


class Counter(TenantModel):
    """How many notices of an area a member has not read, kept with them; its lock puts their changes in order."""

    member = models.ForeignKey("accounts.Member", models.CASCADE, related_name="+", db_index=False)
    area = models.CharField(max_length=30)
    unread = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "member", "area"], name="notice_counter")]


class Told(TenantModel):
    """That everybody was told of a cause (mostly an activity), so that nobody is told twice."""

    cause = models.UUIDField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "cause"], name="notice_told_once")]
        indexes = [models.Index(fields=["account", "at"], name="notice_told_when")]


class Preference(TenantModel):
    """What a member wishes to be told and when; without a member it is what the account chose for everybody.

    `choices` maps kind to channel to yes or no, and lacks what is as for everybody. Quiet hours last from minute to
    minute of the day in the member's time zone and begin on `quiet_days` (0 is Monday); equal minutes: none.
    """

    member = models.ForeignKey("accounts.Member", models.CASCADE, null=True, related_name="+", db_index=False)
    choices = models.JSONField(default=dict)
    rhythm = models.CharField(max_length=10, choices=Rhythm, default=Rhythm.AT_ONCE)
    digest_at = models.PositiveSmallIntegerField(default=8 * 60)
    quiet_from = models.PositiveSmallIntegerField(default=0)
    quiet_until = models.PositiveSmallIntegerField(default=0)
    quiet_days = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "member"], name="notice_preference_of_member"),
            models.UniqueConstraint(
                fields=["account"], condition=Q(member__isnull=True), name="notice_preference_of_account"
            ),
        ]


class Outgoing(TenantModel):
    """A notice that is still to be pushed or mailed, at `due_at`; `held` when quiet hours kept it back."""

    member = models.ForeignKey("accounts.Member", models.CASCADE, related_name="+", db_index=False)
    notice = AccountForeignKey(Notice, models.CASCADE, related_name="+", db_index=False)
    channel = models.CharField(max_length=10, choices=Channel)
    due_at = models.DateTimeField()
    held = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "notice", "channel"], name="notice_outgoing_once")]
        indexes = [models.Index(fields=["account", "member", "channel", "due_at"], name="notice_outgoing_due")]


class Device(TenantModel):
    """A browser that takes pushes for a member, as long as the session lasts in which it was set up.

    `mark` tells endpoints apart; `secrets` holds the browser's keys, sealed, by which only it can read what is pushed.
    """

    member = models.ForeignKey("accounts.Member", models.CASCADE, related_name="+", db_index=False)
    session = models.UUIDField()
    endpoint = models.CharField(max_length=500)
    mark = models.CharField(max_length=64)
    secrets = models.TextField()
    agent = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "member", "mark"], name="push_device_once")]

"""The spine: one row for everything that happens, and the seals that make the log tamper-evident."""

from django.db import models
from django.db.models import Q

from frontdesk.core.tenancy.models import TenantModel


class Activity(TenantModel):
    """Who did what to which thing. Never changed after it was written.

    `client_id` and `subject_id` are plain identifiers since clients and all else live in higher domains.
    `data` holds what a sentence needs (old and new state, counts) and identifiers, never secrets or names of
    people, so that erasing a person never touches a sealed row. Without an actor the account itself acted.
    A member who acted is renamed when erased, not deleted.
    """

    at = models.DateTimeField()
    actor = models.ForeignKey("accounts.Member", models.RESTRICT, null=True, related_name="+", db_index=False)
    verb = models.CharField(max_length=60)
    subject_id = models.UUIDField(null=True)
    client_id = models.UUIDField(null=True)
    data = models.JSONField(default=dict)
    request_id = models.CharField(max_length=36, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "id"], name="activity_log"),
            models.Index(fields=["account", "client_id", "id"], name="activity_timeline"),
            # What happened to people and the account; what happens around clients is not in it.
            models.Index(
                fields=["account", "subject_id", "id"], condition=Q(client_id__isnull=True), name="activity_of_subject"
            ),
        ]


class Seal(TenantModel):
    """A batch of activities hashed together with the seal before it.

    `covered` lists the batch's ids, in order. `last` is their largest; since a long transaction may commit
    an activity whose id is older than what was sealed meanwhile, a batch may hold ids below the last one's.
    """

    number = models.PositiveBigIntegerField()
    covered = models.JSONField()
    last = models.UUIDField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "number"], name="seal_number")]
        indexes = [models.Index(fields=["account", "last"], name="seal_last")]


class Verification(TenantModel):
    """How the last full check of the account's seals ended; `fault` is empty when everything was in order."""

    checked_at = models.DateTimeField(null=True)
    seals = models.PositiveBigIntegerField(default=0)
    entries = models.PositiveBigIntegerField(default=0)
    fault = models.CharField(max_length=20, blank=True)
    broken_seal = models.PositiveBigIntegerField(null=True)
    running_since = models.DateTimeField(null=True, help_text="Set while a check goes on in the background.")
    done = models.PositiveBigIntegerField(default=0, help_text="Seals that the check that goes on has seen.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account"], name="verification_of_account")]

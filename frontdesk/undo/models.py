"""What was changed in a way that can be taken back for thirty days, and what is needed to do so."""

from datetime import timedelta

from django.db import models

from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel
from frontdesk.core.text import gettext_lazy as _lazy

KEPT = timedelta(days=30)


class State(models.TextChoices):
    """How far a change has come."""

    WORKING = "working", _lazy("Running")
    DONE = "done", _lazy("Done")
    UNDOING = "undoing", _lazy("Being undone")
    UNDONE = "undone", _lazy("Undone")


class Change(TenantModel):
    """One act that touched records: what kind, who, when, how many, and when and by whom it was undone.

    `data` holds ids and states, never names. `total` is how many records were asked for, `records` how many were
    touched, `restored` how many an undo brought back; those left as they were are LeftOut rows. `reached` is how far
    the present background run has come.
    """

    kind = models.CharField(max_length=40)
    member = models.ForeignKey("accounts.Member", models.SET_NULL, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    data = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.DONE)
    total = models.PositiveIntegerField(default=0)
    records = models.PositiveIntegerField(default=0)
    undone_by = models.ForeignKey("accounts.Member", models.SET_NULL, null=True, related_name="+", db_index=False)
    undone_at = models.DateTimeField(null=True)
    restored = models.PositiveIntegerField(default=0)
    reached = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "id"], name="change_by_age"),
            models.Index(fields=["account", "kind", "id"], name="change_by_kind"),
        ]

    @property
    def is_working(self) -> bool:
        """Whether a background run is about it."""
        return self.state in (State.WORKING, State.UNDOING)

    @property
    def done(self) -> int:
        """How many records the present or last run has dealt with."""
        return self.restored if self.state in (State.UNDOING, State.UNDONE) else self.records


class What(models.TextChoices):
    """What became of a row."""

    CREATED = "c"
    UPDATED = "u"
    DELETED = "d"


class ChangedRow(TenantModel):
    """A row of some table before and after a change.

    `about` is the record that it belongs to (a client); undo restores all rows of a record or none. For a changed row
    `before` and `after` hold the changed fields, for a deleted one `before` holds all of them. A created one has what
    must still be so in `after`; when that is empty, nothing may have happened around the record since.

    Rows are written after the activities of their cause, so that an activity with a larger id came later.
    """

    change = AccountForeignKey(Change, models.CASCADE, related_name="+", db_index=False)
    about = models.UUIDField()
    table = models.CharField(max_length=60)
    row = models.UUIDField()
    what = models.CharField(max_length=1, choices=What)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["account", "change", "about", "id"], name="changed_row_of_change"),
            models.Index(fields=["account", "about"], name="changed_row_about"),
        ]


class LeftOut(TenantModel):
    """A record that a change or its undo left as it was, and why: sentences, or keys of `reasons.REASONS`."""

    change = AccountForeignKey(Change, models.CASCADE, related_name="+", db_index=False)
    about = models.UUIDField()
    undoing = models.BooleanField()
    reasons = models.JSONField()

    class Meta:
        indexes = [
            models.Index(fields=["account", "change", "undoing", "id"], name="left_out_of_change"),
            models.Index(fields=["account", "about"], name="left_out_about"),
        ]

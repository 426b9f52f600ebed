"""An import of a file, what came of its rows, and the columns remembered for the next file of its kind."""

from django.db import models

from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.undo.models import Change


class State(models.TextChoices):
    """How far an import has come."""

    UPLOADED = "uploaded", _lazy("Columns to choose")
    CHECKING = "checking", _lazy("Being checked")
    CHECKED = "checked", _lazy("To confirm")
    RUNNING = "running", _lazy("Running")
    FINISHED = "finished", _lazy("Finished")
    CANCELLED = "cancelled", _lazy("Cancelled")
    FAILED = "failed", _lazy("Stopped by an error")


class ClientImport(TenantModel):
    """One uploaded file and its way into the account.

    `columns` are its headings, `samples` some cells of each; `mapping` gives each column's field ("" for none).
    `position` is the number of rows done in the present pass (`checking` or `running`), the counts are of that
    pass. `turn` grows with every pass, so that a background run of an earlier one knows that it is stale.
    `change` is by what the import is undone, as long as that is kept.
    """

    member = models.ForeignKey("accounts.Member", models.SET_NULL, null=True, related_name="+", db_index=False)
    filename = models.CharField(max_length=200)
    sheet = models.CharField(max_length=200, blank=True)
    sheets = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    samples = models.JSONField(default=list)
    rows = models.PositiveIntegerField(default=0)
    mapping = models.JSONField(default=list)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=State, default=State.UPLOADED)
    turn = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    file_kept = models.BooleanField(default=True)
    change = AccountForeignKey(Change, models.SET_NULL, null=True, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["account", "id"], name="import_by_age")]

    @property
    def is_working(self) -> bool:
        """Whether a background run goes through the rows."""
        return self.state in (State.CHECKING, State.RUNNING)

    @property
    def is_over(self) -> bool:
        """Whether the rows have been imported, as far as they ever will without starting again."""
        return self.state in (State.FINISHED, State.CANCELLED, State.FAILED)

    @property
    def is_open(self) -> bool:
        """Whether columns and options may still change."""
        return self.state in (State.UPLOADED, State.CHECKING, State.CHECKED)

    @property
    def done(self) -> int:
        """How many clients it has created and updated."""
        return self.created + self.updated if self.started_at else 0


class ImportedClient(TenantModel):
    """A client that an import created or updated; `row` is its number in the file.

    The client is a plain identifier, so that what an import did is known after the client was deleted.
    """

    source = AccountForeignKey(ClientImport, models.CASCADE, related_name="+", db_index=False)
    client_id = models.UUIDField()
    row = models.PositiveIntegerField()
    created = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "source", "client_id"], name="imported_once")]
        indexes = [models.Index(fields=["account", "source", "id"], name="imported_by_row")]


class LeftOutRow(TenantModel):
    """A row that was or would be left out: rejected as wrong, or skipped as the options say.

    `reasons` maps fields ("" for the whole row) to translated sentences.
    """

    source = AccountForeignKey(ClientImport, models.CASCADE, related_name="+", db_index=False)
    row = models.PositiveIntegerField()
    rejected = models.BooleanField()
    reasons = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["account", "source", "rejected", "row"], name="left_out_by_row")]


class RememberedColumns(TenantModel):
    """The mapping and options last used for files with these headings."""

    signature = models.CharField(max_length=64)
    mapping = models.JSONField()
    options = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "signature"], name="remembered_columns")]

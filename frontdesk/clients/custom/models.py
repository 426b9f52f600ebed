"""The fields that an account adds to its clients."""

from uuid import UUID

from django.db import models

from frontdesk.core.tenancy.models import TenantModel
from frontdesk.core.text import gettext_lazy as _lazy


class FieldKind(models.TextChoices):
    """What a field holds."""

    TEXT = "text", _lazy("Text")
    NUMBER = "number", _lazy("Number")
    DATE = "date", _lazy("Date")
    CHOICE = "choice", _lazy("Choice")
    YES_NO = "yes_no", _lazy("Yes or no")


class CustomField(TenantModel):
    """A field of the account's own. The values lie in `Client.custom`, by the field's id.

    `options` of a choice are `{"id", "label", "archived"}`; a client keeps the id, so that a choice can be renamed,
    and one that is no longer offered keeps its name.
    """

    label = models.CharField(max_length=80)
    help = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=6, choices=FieldKind)
    required = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    archived = models.BooleanField(default=False)
    options = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["account", "position", "id"], name="custom_field_order")]

    def __str__(self):
        return self.label

    @property
    def path(self) -> str:
        """How forms, imports and refusals name the field's value."""
        return f"custom.{self.pk}"

    @property
    def offered(self) -> list[dict]:
        """The choices that can be chosen."""
        return [option for option in self.options if not option.get("archived")]

    def option_label(self, option_id: str) -> str:
        """The name of a choice, offered or not; "" for one that never was."""
        return next((option["label"] for option in self.options if option["id"] == option_id), "")

    def option_ids(self) -> dict[UUID, str]:
        """Id to name of every choice."""
        return {UUID(option["id"]): option["label"] for option in self.options}

"""A list of clients that somebody wants to see again."""

from django.db import models

from frontdesk.core.tenancy.models import TenantModel


class SavedView(TenantModel):
    """Filters, order and columns under a name; its owner's own, or shared with the team.

    `is_default` is what the list opens with: for its owner, and when it is shared for everybody of the team who has no
    default of their own. An empty list of `columns` stands for the usual ones.
    """

    member = models.ForeignKey("accounts.Member", models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=60)
    shared = models.BooleanField(default=False)
    is_default = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    filters = models.JSONField(default=dict)
    sort = models.CharField(max_length=20, default="name")
    columns = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["account", "position", "id"], name="saved_view_order")]

    def __str__(self):
        return self.name

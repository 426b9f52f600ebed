"""A text that the team writes once and uses often."""

from django.db import models
from django.db.models import Q

from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel
from frontdesk.teams.models import Team

LONGEST_NAME, LONGEST_SHORTCUT, LONGEST_TEXT = 80, 30, 5000
IN_USE = ~Q(shortcut="") & Q(deleted_at__isnull=True)


class SavedReply(TenantModel):
    """A text with placeholders in braces: its owner's own, or without one the whole account's.

    A shared one may be for one `team`. `language` is that of the text, "" for one that suits any. `key` is the name as
    it is compared and ordered, `folded` what a search looks through.
    """

    name = models.CharField(max_length=LONGEST_NAME)
    key = models.CharField(max_length=LONGEST_NAME)
    shortcut = models.CharField(max_length=LONGEST_SHORTCUT, blank=True)
    text = models.TextField(max_length=LONGEST_TEXT)
    folded = models.TextField()
    language = models.CharField(max_length=12, blank=True)
    owner = models.ForeignKey("accounts.Member", models.CASCADE, null=True, related_name="+", db_index=False)
    team = AccountForeignKey(Team, models.SET_NULL, null=True, related_name="+", db_index=False)
    used = models.PositiveIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "owner", "shortcut", "language"],
                condition=IN_USE & Q(owner__isnull=False), name="saved_shortcut_of_owner",
            ),
            models.UniqueConstraint(
                fields=["account", "shortcut", "language"], condition=IN_USE & Q(owner__isnull=True),
                name="saved_shortcut_shared",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["account", "key", "id"], name="saved_by_name"),
            models.Index(fields=["account", "owner", "-used", "key"], name="saved_by_use"),
        ]

    def __str__(self):
        return self.name

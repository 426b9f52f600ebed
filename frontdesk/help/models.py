"""What readers say about a topic of the help."""

from django.db import models

from frontdesk.accounts.models import Member
from frontdesk.core.tenancy.models import TenantModel


class Answer(TenantModel):
    """Whether a topic helped a member, with what they add; the last answer of each counts."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    topic = models.CharField(max_length=60)
    helpful = models.BooleanField()
    comment = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "topic", "member"], name="help_answer_once")]
        indexes = [models.Index(fields=["account", "at", "id"], name="help_answers")]

"""Tables of live updates."""

from django.db import models
from django.utils import timezone


class LiveEvent(models.Model):
    """Something that open pages are told, kept about an hour so that whoever was away catches up.

    `data` holds ids, numbers and states, never texts or names: what a reader sees of it is rendered when it is sent.
    """

    number = models.BigAutoField(primary_key=True)
    account_id = models.UUIDField()
    topic = models.CharField(max_length=100)
    kind = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["account_id", "number"], name="live_of_account"),
            models.Index(fields=["at"], name="live_by_age"),
        ]

"""Answers already given, so that a repeated request is answered again instead of done again."""

from django.db import models


class IdempotencyKey(models.Model):
    """The first answer to a client-chosen key; kept for a day."""

    account_id = models.UUIDField()
    token_id = models.UUIDField()
    key = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token_id", "key"], name="idempotency_key")]
        indexes = [models.Index(fields=["created_at"], name="idempotency_age")]

"""Open sessions, and addresses that wait to be confirmed."""

from datetime import timedelta

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

from frontdesk.core.ids import uuid7
from frontdesk.core.tenancy.models import TenantModel


class Session(AbstractBaseSession):
    """A browser that someone signed in with; `public_id` names it in addresses, the key itself is a secret."""

    public_id = models.UUIDField(default=uuid7, editable=False, unique=True)
    user = models.ForeignKey("accounts.User", models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True)
    ip = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=300, blank=True)

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    @classmethod
    def get_session_store_class(cls):
        """The store that reads and writes these rows."""
        from ..signin.store import SessionStore

        return SessionStore

    def save(self, *, force_update: bool = False, **options) -> None:
        """Changing a session's data leaves alone what is known about its browser."""
        if force_update:
            options["update_fields"] = ["session_data", "expire_date", "user"]
        super().save(force_update=force_update, **options)


class EmailChange(TenantModel):
    """An address that someone wants to sign in with, until they confirm it there; only the token's hash is stored."""

    LIFETIME = timedelta(days=3)

    member = models.ForeignKey("accounts.Member", models.CASCADE, related_name="+")
    email = models.EmailField(max_length=254)
    token_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "token_hash"], name="email_change_token"),
            models.UniqueConstraint(fields=["account", "member"], name="email_change_of_member"),
        ]

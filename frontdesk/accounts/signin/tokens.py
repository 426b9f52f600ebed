"""Bearer tokens of the API: `fd_<account id>_<secret>`, stored as a SHA-256 hash only."""

import contextlib
import hashlib
import uuid
from datetime import timedelta

from django.db import OperationalError
from django.utils import timezone

from frontdesk.core.tenancy.context import account_context
from frontdesk.core.tenancy.prepared import PreparedObjects

from ..models import Account, ApiToken, Member, MemberStatus, User

PREFIX = "fd_"
LAST_USE_GRAIN = timedelta(minutes=5)


def token_hash(token: str) -> str:
    """What is stored of a token or link secret; 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def account_of(token: str) -> uuid.UUID | None:
    """The account that a token or link names; None when it is not of that form."""
    head = token.removeprefix(PREFIX).partition("_")[0]
    try:
        return uuid.UUID(hex=head) if len(head) == 32 else None
    except ValueError:
        return None


TOKENS = PreparedObjects(
    ApiToken,
    {"member": Member, "member__user": User, "member__account": Account},
    lambda hashed: ApiToken.objects.filter(token_hash=hashed, revoked_at=None),
)


def _find(token: str) -> ApiToken | None:
    row = next(iter(TOKENS(token_hash(token))), None)
    if row is None or (row.expires_at and row.expires_at <= timezone.now()):
        return None
    return row


def _usable(member) -> bool:
    return member.status == MemberStatus.ACTIVE and (member.user is None or member.user.is_active)


def _note_use(row: ApiToken) -> None:
    """Kept to one write in five minutes; reading goes on where nothing can be written, as on a full disk."""
    now = timezone.now()
    if row.last_used_at is None or now - row.last_used_at > LAST_USE_GRAIN:
        with contextlib.suppress(OperationalError):
            ApiToken.objects.filter(pk=row.pk).update(last_used_at=now)


def member_of_token(token: str):
    """The member whom a token acts as, with `scopes` and `token_id` set; None when it is not valid now."""
    account_id = account_of(token) if token.startswith(PREFIX) else None
    if account_id is None:
        return None
    with account_context(account_id):
        row = _find(token)
        if row is None or not _usable(row.member):
            return None
        _note_use(row)
    member = row.member
    member.scopes, member.token_id = frozenset(row.scopes), row.pk
    return member

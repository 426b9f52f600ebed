"""API tokens: each acts as its owner, with the rights of its scopes."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.text import gettext as _

from .. import access, permissions, queries
from ..models import ApiToken, new_secret
from ..signin.tokens import PREFIX, token_hash

SHOWN = 4
MOST_TOKENS = 100


def _limit(actor, expires_at: datetime | None) -> datetime | None:
    """A token made through another one does not outlive it."""
    if actor.scopes is None:
        return expires_at
    own = ApiToken.objects.filter(pk=actor.token_id).values_list("expires_at", flat=True).first()
    return min((moment for moment in (own, expires_at) if moment), default=None)


def _check(actor, name: str, scopes: list[str], expires_at: datetime | None) -> str:
    errors = Errors()
    name = errors.line("name", name, 80, required=True)
    if not scopes:
        errors.add("scopes", _("Choose at least one."))
    elif not set(scopes) <= set(queries.scopes_of(actor)):
        errors.add("scopes", _("A token cannot do more than you can."))
    if expires_at and expires_at <= timezone.now():
        errors.add("expires_at", _("Choose a time in the future."))
    if access.tokens_for(actor).count() >= MOST_TOKENS:
        errors.add("", _("At most %(most)s are allowed.", most=MOST_TOKENS))
    errors.raise_any()
    return name


def create_token(actor, *, name: str, scopes: list[str], expires_at: datetime | None = None) -> tuple[ApiToken, str]:
    """A new token of the actor's own and its secret, which is never shown again; raises Invalid, Forbidden."""
    access.require(actor, permissions.TOKENS)
    name = _check(actor, name, scopes, expires_at)
    secret = f"{PREFIX}{actor.account_id.hex}_{new_secret()}"
    with transaction.atomic():
        token = ApiToken.objects.create(
            account_id=actor.account_id, member_id=actor.id, name=name, prefix=PREFIX + "…" + secret[-SHOWN:],
            token_hash=token_hash(secret), scopes=sorted(set(scopes)), expires_at=_limit(actor, expires_at),
        )  # fmt: skip
        record(actor, "token.created", subject_id=token.pk, data={"scopes": token.scopes})
    return token, secret


def revoke_token(actor, token: ApiToken) -> None:
    """End a token at once; raises Forbidden."""
    access.require(actor, permissions.TOKENS)
    with transaction.atomic():
        live = ApiToken.objects.filter(pk=token.pk, member_id=actor.id, revoked_at=None)
        if live.update(revoked_at=timezone.now()):
            record(actor, "token.revoked", subject_id=token.pk)

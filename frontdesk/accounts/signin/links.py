"""One-time links: `<account id>_<secret>`, of which only a hash is stored."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils import timezone

from .. import mails
from ..models import EmailChange, Invitation, User, new_secret
from .tokens import account_of, token_hash


def renew(invitation: Invitation) -> str:
    """Give a pending invitation a new secret and a full lifetime; the public address with it. Older links end."""
    token = f"{invitation.account_id.hex}_{new_secret()}"
    now = timezone.now()
    invitation.token_hash, invitation.sent_at = token_hash(token), now
    invitation.expires_at = now + Invitation.LIFETIME
    invitation.save(update_fields=["token_hash", "sent_at", "expires_at"])
    return mails.absolute(reverse("accounts:invitation", args=[token]))


def find_invitation(token: str) -> Invitation | None:
    """The invitation of a link, in whatever state; to be called in the context of `account_of(token)`."""
    if account_of(token) is None:
        return None
    found = Invitation.objects.select_related("member__account", "member__user", "invited_by")
    return found.filter(token_hash=token_hash(token)).first()


def reset_link(user: User) -> str:
    """The public address where a user chooses a new password; valid until it is used."""
    key = default_token_generator.make_token(user)
    return mails.absolute(reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key]))


def renew_change(change: EmailChange) -> str:
    """Give a change of address a new secret and a full lifetime; the public address where it is confirmed."""
    token = f"{change.account_id.hex}_{new_secret()}"
    change.token_hash, change.expires_at = token_hash(token), timezone.now() + EmailChange.LIFETIME
    change.save(update_fields=["token_hash", "expires_at"])
    return mails.absolute(reverse("accounts:email_confirm", args=[token]))


def find_change(token: str) -> EmailChange | None:
    """The change of a link that is still valid; to be called in the context of `account_of(token)`."""
    open_ones = EmailChange.objects.filter(expires_at__gt=timezone.now()).select_related("member__account")
    return open_ones.filter(token_hash=token_hash(token)).first()

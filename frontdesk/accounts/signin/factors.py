"""The second factors of a person, over the sign-in library: an app's codes, passkeys, recovery codes."""

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError

from frontdesk.core.errors import Invalid
from frontdesk.core.text import gettext as _

from ..models import User

APP, PASSKEY, CODES = "totp", "webauthn", "recovery_codes"
IN_SESSION = "second_factor"
MOST_PASSKEYS = 20
# What the library lets through when a browser, or somebody who plays one, sends nonsense.
NONSENSE = (ValueError, TypeError, LookupError, AttributeError, InvalidSignature, ValidationError)


def _webauthn() -> ModuleType:
    """What the library does for passkeys; with all that it brings along it takes 3 MiB, and few processes use it."""
    from allauth.mfa.webauthn.internal import auth

    return auth


@dataclass(frozen=True)
class Factor:
    """A second factor as its owner sees it; `left` counts unused recovery codes."""

    id: UUID
    kind: str
    name: str
    created_at: datetime
    last_used_at: datetime | None
    left: int = 0


def new_secret() -> str:
    """A secret for an app that makes codes."""
    return generate_totp_secret()


def app_address(user: User, secret: str) -> str:
    """The `otpauth:` address that an app reads."""
    return get_adapter().build_totp_url(user, secret)


def picture(address: str) -> str:
    """The address as a QR code, for an image's `src`."""
    drawn = get_adapter().build_totp_svg(address)
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.encode()).decode()


def is_code_of(secret: str, code: str) -> bool:
    """Whether an app that has the secret shows this code now."""
    return validate_totp_code(secret, code)


def rows_of(user: User):
    """The user's factors as they are kept."""
    return Authenticator.objects.filter(user_id=user.pk)


def _shown(row: Authenticator) -> Factor:
    name = row.wrap().name if row.type == PASSKEY else ""
    left = len(row.wrap().get_unused_codes()) if row.type == CODES else 0
    return Factor(UUID(int=row.pk), row.type, name, row.created_at, row.last_used_at, left)


def factors_of(user: User) -> list[Factor]:
    """The user's factors, oldest first."""
    return [_shown(row) for row in rows_of(user).order_by("pk")]


def settle(user: User) -> bool:
    """Note with the user whether a factor is left, without which recovery codes go too; whether there is one."""
    left = rows_of(user).exclude(type=CODES).exists()
    if not left:
        rows_of(user).delete()
    user.has_second_factor = left
    user.save(update_fields=["has_second_factor"])
    return left


def keep_app(user: User, secret: str) -> None:
    """Keep the app's secret in place of an earlier one."""
    rows_of(user).filter(type=APP).delete()
    TOTP.activate(user, secret)


def keep_passkey(user: User, name: str, credential: dict) -> None:
    """Keep a passkey that `read_new` has checked."""
    _webauthn().WebAuthn.add(user, name, credential)


def new_codes(user: User) -> list[str]:
    """Ten new recovery codes; earlier ones no longer work."""
    rows_of(user).filter(type=CODES).delete()
    return RecoveryCodes.activate(user).get_unused_codes()


def has_codes(user: User) -> bool:
    """Whether recovery codes were made."""
    return rows_of(user).filter(type=CODES).exists()


def begin_passkey(user: User) -> str:
    """What the browser needs to make a passkey, as JSON; the challenge is kept in the session."""
    return json.dumps(_webauthn().begin_registration(user, passwordless=True))


def read_new(credential: dict) -> dict:
    """A new passkey as it is kept, once browser, challenge and the person's presence are checked; raises Invalid."""
    webauthn = _webauthn()
    try:
        webauthn.parse_registration_response(credential)
        if not webauthn.complete_registration(credential).is_user_verified():
            raise ValueError("nobody confirmed")
    except NONSENSE as error:
        raise _unknown() from error
    return credential


def begin_passkey_sign_in(user: User | None = None) -> str:
    """What the browser needs to sign in by a passkey, as JSON; without a user any passkey will do."""
    return json.dumps(_webauthn().begin_authentication(user))


def read_used(credential: dict, user: User | None = None) -> Authenticator:
    """The passkey that somebody proved to hold; raises Invalid."""
    webauthn = _webauthn()
    try:
        webauthn.parse_authentication_response(credential)
        owner = user or webauthn.extract_user_from_response(credential)
        return webauthn.complete_authentication(owner, credential)
    except NONSENSE as error:
        raise _unknown() from error


def _unknown() -> Invalid:
    return Invalid({"credential": [_("This passkey was not recognised. Try once more.")]})

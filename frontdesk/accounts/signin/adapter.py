"""How the sign-in library behaves in Frontdesk."""

import base64
import hashlib
import ipaddress
import secrets

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib import messages

from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy

from ..models import clean_login
from . import known
from .passwords import set_own

WRONG = _lazy("The sign-in name or the password is not right.")


def _login_of(credentials: dict) -> str:
    return (credentials.get("email") or credentials.get("username") or "").lower()


class SignInAdapter(DefaultAccountAdapter):
    """No open registration; the same answer whether a login exists or not; limits that lock nobody else out."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "incorrect_password": _lazy("The current password is not right."),
        "enter_current_password": _lazy("The current password is not right."),
        "too_many_login_attempts": _lazy("Too many failed tries. Please wait five minutes, then try once more."),
        "rate_limited": _lazy("Too many tries. Please wait a few minutes, then try once more."),
    }

    def is_open_for_signup(self, request):
        """Registration goes by invitation or by the set-up page."""
        return False

    def get_client_ip(self, request):
        """The visitor's address; one of IPv4 as such, which a server that listens to IPv6 gives as one of IPv6.

        All of those are in one network, and limits count networks of IPv6.
        """
        found = super().get_client_ip(request)
        try:
            return str(ipaddress.IPv6Address(found).ipv4_mapped or found)
        except ValueError:
            return found

    def clean_email(self, email):
        """Addresses are stored in lower case."""
        return clean_login(email)

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Failed tries are counted for each login and visitor's address together.

        Counted by login alone, anyone could keep its owner out by failing on purpose.
        """
        return f"{get_ip(request)}:{_login_of(credentials)}"

    def pre_authenticate(self, request, **credentials):
        """Beside that, tries at one login from many addresses are limited, but never in its owner's own browsers."""
        super().pre_authenticate(request, **credentials)
        self._guessed = None
        login = _login_of(credentials)
        if known.is_known(request, login):
            return
        self._guessed = ratelimit.consume(request, app="allauth.account", action="login_guessed", key=login)
        if not self._guessed:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self):
        """Whoever knows the password did not guess."""
        super()._rollback_login_failed_rl_usage()
        if self._guessed:
            self._guessed.rollback()

    def post_login(self, request, user, **details):
        """The browser is the owner's from now on."""
        response = super().post_login(request, user, **details)
        known.remember(response, user)
        return response

    def set_password(self, user, password):
        """A password that its owner chose is no longer a temporary one."""
        set_own(user, password)

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """Of the library's messages only the one about a changed password is worth showing."""
        if message_template == "account/messages/password_changed.txt":
            messages.add_message(request, level, _("Your password was changed."), fail_silently=True)

    def get_password_change_redirect_url(self, request):
        """Home, which is also where someone with a temporary password wanted to go."""
        return "/"


def _cipher() -> Fernet:
    key = hashlib.sha256(b"second factors " + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class FactorAdapter(DefaultMFAAdapter):
    """How second factors behave: what an app's codes are made of is kept encrypted."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _lazy("This code is not right, or was used already."),
    }

    def get_totp_issuer(self) -> str:
        """How an app names the place that the codes are for."""
        return "Frontdesk"

    def _get_site_name(self) -> str:
        return "Frontdesk"

    def encrypt(self, text: str) -> str:
        """By a key made from the installation's secret key."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was encrypted; under another secret key something that no code fits."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

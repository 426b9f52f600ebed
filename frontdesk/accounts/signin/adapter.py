"""How the sign-in library behaves in Frontdesk."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings

from ..models import clean_login


class SignInAdapter(DefaultAccountAdapter):
    """No open registration; addresses of mails come from the public URL; only active users get in."""

    def is_open_for_signup(self, request):
        """Registration goes by invitation or by the set-up page."""
        return False

    def clean_email(self, email):
        """Addresses are stored in lower case."""
        return clean_login(email)

    def get_reset_password_from_key_url(self, key):
        """The absolute link in a reset mail, independent of the Host header."""
        path = super().get_reset_password_from_key_url(key)
        return settings.PUBLIC_URL + "/" + path.partition("://")[2].partition("/")[2]

"""The addresses that providers of e-mail are given to call."""

import hashlib
import hmac
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings as installation

from .. import hooks
from ..models import ChannelSettings
from .providers import PROVIDERS

USER = "frontdesk"


def password(settings: ChannelSettings) -> str:
    """What providers that do not sign call with; it changes with the address."""
    key = f"frontdesk mail hook\0{installation.SECRET_KEY}".encode()
    return hmac.digest(key, settings.account_id.bytes + settings.token.encode(), hashlib.sha256).hex()[:32]


def address(settings: ChannelSettings, name: str) -> str:
    """The address for the provider to call, with the password where that is how it shows who it is."""
    provider = PROVIDERS.get(settings.config.get("provider", ""))
    plain = hooks.address(settings, name)
    if provider is None or provider.signature:
        return plain
    parts = urlsplit(plain)
    return urlunsplit(parts._replace(netloc=f"{USER}:{password(settings)}@{parts.netloc}"))

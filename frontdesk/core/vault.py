"""Secrets that must be read again, such as those for signing: kept in the database under the installation's key."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class Unreadable(ValueError):
    """A secret was kept under another key than the one in use."""


def _cipher(purpose: str) -> Fernet:
    digest = hashlib.sha256(f"frontdesk {purpose}\0{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def sealed(secret: str, purpose: str) -> str:
    """The secret as it may stand in the database; `purpose` keeps secrets of different kinds apart."""
    return _cipher(purpose).encrypt(secret.encode()).decode()


def opened(text: str, purpose: str) -> str:
    """The secret again; raises Unreadable."""
    try:
        return _cipher(purpose).decrypt(text.encode()).decode()
    except InvalidToken:
        raise Unreadable(purpose) from None

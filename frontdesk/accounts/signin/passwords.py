"""Temporary passwords, and what ends with a new one."""

import secrets
from datetime import timedelta

from django.utils import timezone

from ..models import User

TEMPORARY_LIFETIME = timedelta(days=7)
_CONSONANTS, _VOWELS = "bdfgkmnprstvz", "aeiou"


def _syllables() -> str:
    return "".join(secrets.choice(letters) for letters in (_CONSONANTS, _VOWELS) * 2)


def readable_password() -> str:
    """A random password that can be read out over the phone, such as `banu-kite-4827-soma-reda`."""
    digits = "".join(secrets.choice("23456789") for _digit in range(4))
    return "-".join([_syllables(), _syllables(), digits, _syllables(), _syllables()])


def set_temporary(user: User, password: str) -> None:
    """Give a user, saved or not, a password that must be changed and expires in a week; ends their sessions."""
    user.set_password(password)
    user.must_change_password = True
    user.password_expires_at = timezone.now() + TEMPORARY_LIFETIME


def set_own(user: User, password: str) -> None:
    """Save the password that a user chose; every session but the one that is told otherwise ends."""
    user.set_password(password)
    user.must_change_password, user.password_expires_at = False, None
    user.save(update_fields=["password", "must_change_password", "password_expires_at"])

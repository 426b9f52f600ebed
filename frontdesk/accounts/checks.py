"""Checking what people type about themselves; reasons are gathered in `Errors` by field."""

import re

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from frontdesk.core import emails, phones
from frontdesk.core.checks import Errors
from frontdesk.core.fold import clean
from frontdesk.core.text import gettext as _

from .models import User, clean_login

LONGEST_NAME = 120
LONGEST_PASSWORD = 200
USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,58}[a-z0-9])")


def email(errors: Errors, field: str, text: str, *, required: bool = False) -> str:
    """An e-mail address in lower case, or ""."""
    if not (text or "").strip():
        if required:
            errors.add(field, _("This field is required."))
        return ""
    try:
        return emails.parse(text)
    except emails.BadEmail:
        errors.add(field, _("This is not an e-mail address. It looks like name@example.com."))
        return ""


def username(errors: Errors, field: str, text: str, *, required: bool = False, besides=None) -> str:
    """A username in lower case that nobody but the user with id `besides` has, or ""."""
    wanted = clean_login(clean(text or "")) or ""
    if not wanted:
        if required:
            errors.add(field, _("This field is required."))
        return ""
    if not USERNAME.fullmatch(wanted):
        errors.add(field, _("A username has 3 to 60 letters from a to z, digits, dots, dashes or underscores."))
    elif User.objects.filter(username=wanted).exclude(pk=besides).exists():
        errors.add(field, _("This username is taken. Choose another one."))
    return wanted


def free_email(errors: Errors, field: str, address: str, *, besides=None) -> str:
    """The address, noted as taken when another user signs in with it."""
    if address and User.objects.filter(email=address).exclude(pk=besides).exists():
        errors.add(field, _("Someone already signs in with this e-mail address."))
    return address


def phone(errors: Errors, field: str, text: str, country: str) -> str:
    """A phone number in E.164 form, or ""; `country` is where one without prefix belongs."""
    wanted = clean(text or "")
    if not wanted:
        return ""
    try:
        return phones.parse(wanted, country).e164
    except phones.BadPhone:
        errors.add(field, _("This is not a phone number. Write it with its country code, such as +40 745 112 908."))
        return ""


def password(errors: Errors, field: str, text: str, user: User | None = None) -> str:
    """A password that is long, uncommon and unlike the user's name."""
    if not text:
        errors.add(field, _("This field is required."))
    elif len(text) > LONGEST_PASSWORD:
        values = {"most": LONGEST_PASSWORD, "length": len(text)}
        errors.add(field, _("At most %(most)s characters; these are %(length)s.", **values))
    else:
        for reason in password_faults(text, user):
            errors.add(field, reason)
    return text


def _fault(error: ValidationError) -> str:
    if error.code == "password_too_short":
        return _(
            "This password is too short. Use at least %(least)s characters.",
            least=(error.params or {}).get("min_length", ""),
        )
    if error.code == "password_too_similar":
        return _("This password is too close to your name or address. Choose another one.")
    if error.code == "password_too_common":
        return _("Many people use this password. Choose another one.")
    return error.messages[0]


def password_faults(text: str, user: User | None = None) -> list[str]:
    """What is wrong with a password; the library does not have all of these sentences in every language."""
    try:
        validate_password(text, user)
    except ValidationError as error:
        return [_fault(fault) for fault in error.error_list]
    return []


def listed(errors: Errors, field: str, value: str, known, *, required: bool = True) -> str:
    """A code that is among `known`, or "" when it may be empty."""
    if not value and not required:
        return ""
    if value not in known:
        errors.add(field, _("Choose one from the list."))
    return value

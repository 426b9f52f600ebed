"""What everyone changes about themselves."""

from dataclasses import dataclass

from django.db import transaction

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Conflict, Invalid
from frontdesk.core.fold import fold
from frontdesk.core.text import gettext as _

from .. import access, checks, choices, permissions
from ..models import Member, Theme, User
from ..signin import passwords
from .users import save_user


@dataclass(frozen=True)
class ProfileInput:
    """What one may change without the password; empty language and time zone follow the account."""

    name: str
    username: str = ""
    phone: str = ""
    language: str = ""
    time_zone: str = ""
    theme: str = Theme.AUTO


def own_user(actor) -> User:
    """The person behind the actor; raises Conflict where there is none, Forbidden."""
    access.require(actor, permissions.PROFILE_EDIT)
    if actor.user is None:
        raise Conflict(_("Only a person can do this."))
    return actor.user


def _check_profile(actor, errors: Errors, typed: ProfileInput) -> ProfileInput:
    return ProfileInput(
        name=errors.line("name", typed.name, checks.LONGEST_NAME, required=True),
        username=checks.username(errors, "username", typed.username, besides=actor.user.pk),
        phone=checks.phone(errors, "phone", typed.phone, actor.account.country),
        language=checks.listed(errors, "language", typed.language, choices.language_codes(), required=False),
        time_zone=checks.listed(errors, "time_zone", typed.time_zone, choices.zone_codes(), required=False),
        theme=errors.choice("theme", typed.theme, Theme),
    )


def change_profile(actor, typed: ProfileInput) -> Member:
    """Change one's own name, username, phone, language, time zone and theme; raises Invalid."""
    user = own_user(actor)
    errors = Errors()
    cleaned = _check_profile(actor, errors, typed)
    if not (cleaned.username or user.email):
        errors.add("username", _("Keep a username: there is no e-mail address to sign in with."))
    errors.raise_any()
    user.name, user.username, user.theme = cleaned.name, cleaned.username or None, cleaned.theme
    user.language, user.time_zone = cleaned.language, cleaned.time_zone
    actor.name, actor.sort_name, actor.phone = cleaned.name, fold(cleaned.name)[:120], cleaned.phone
    with transaction.atomic():
        save_user(user, ["name", "username", "theme", "language", "time_zone"])
        actor.save(update_fields=["name", "sort_name", "phone"])
        record(actor, "profile.changed", subject_id=actor.id)
    return actor


def require_password(user: User, password: str, field: str) -> None:
    """Raise Invalid at `field` unless this is the user's password."""
    if len(password or "") > checks.LONGEST_PASSWORD or not user.check_password(password):
        raise Invalid({field: [_("The current password is not right.")]})


def change_own_password(actor, *, current_password: str, password: str) -> User:
    """Change one's own password; every session ends, the caller keeps its own. Raises Invalid."""
    user = own_user(actor)
    require_password(user, current_password, "current_password")
    errors = Errors()
    checks.password(errors, "password", password, user)
    if user.check_password(password):
        errors.add("password", _("Choose another password than the one you have."))
    errors.raise_any()
    with transaction.atomic():
        passwords.set_own(user, password)
        record(actor, "profile.password_changed", subject_id=actor.id)
    return user


def set_theme(actor, theme: str) -> None:
    """Light, dark or as the device; raises Invalid."""
    errors = Errors()
    errors.choice("theme", theme, Theme)
    errors.raise_any()
    User.objects.filter(pk=own_user(actor).pk).update(theme=theme)


def set_language(actor, language: str) -> None:
    """The language of pages and mails; raises Invalid."""
    errors = Errors()
    checks.listed(errors, "language", language, choices.language_codes())
    errors.raise_any()
    User.objects.filter(pk=own_user(actor).pk).update(language=language)


def dismiss(actor, key: str) -> None:
    """Put a hint away for good; nothing happens for one that is away already."""
    access.require(actor, permissions.PROFILE_EDIT)
    if key not in actor.dismissed:
        actor.dismissed = [*actor.dismissed, key]
        actor.save(update_fields=["dismissed"])

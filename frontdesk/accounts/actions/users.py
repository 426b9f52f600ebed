"""Saving users, whose usernames and addresses are unique in the whole installation."""

from django.db import IntegrityError, transaction

from frontdesk.core.errors import Conflict
from frontdesk.core.text import gettext as _

from ..models import User


def save_user(user: User, fields: list[str] | None = None) -> User:
    """Save a user; raises Conflict when someone else took the username or address since it was checked."""
    try:
        with transaction.atomic():
            user.save(update_fields=fields)
    except IntegrityError as error:
        raise Conflict(_("This username or e-mail address belongs to someone who signs in already.")) from error
    return user

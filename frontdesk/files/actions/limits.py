"""Choosing which files an account takes."""

import re
from collections.abc import Iterable

from django.db import transaction

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.text import gettext as _

from .. import access, permissions
from ..limits import Limits, cap, limits
from ..models import FileLimits
from ..names import LONGEST_EXTENSION

MOST = 200
_EXTENSION = re.compile(rf"[a-z0-9]{{1,{LONGEST_EXTENSION}}}")


def _checked(extensions: Iterable[str], megabytes: int) -> Limits:
    errors = Errors()
    names = list(dict.fromkeys(name.strip().lstrip(".").lower() for name in extensions if name.strip()))
    wrong = [name for name in names if not _EXTENSION.fullmatch(name)]
    if wrong:
        errors.add("extensions", _("These are no extensions: %(names)s.", names=", ".join(wrong)[:200]))
    if not names:
        errors.add("extensions", _("This field is required."))
    if len(names) > MOST:
        errors.add("extensions", _("At most %(most)s are allowed.", most=MOST))
    if not 1 <= megabytes <= cap():
        errors.add("megabytes", _("From 1 to %(most)s.", most=cap()))
    errors.raise_any()
    return Limits(tuple(names), megabytes)


def set_limits(actor, extensions: Iterable[str], megabytes: int) -> Limits:
    """Choose the extensions that are taken and the largest size; raises Invalid, Forbidden."""
    access.require(actor, permissions.LIMITS)
    chosen = _checked(extensions, megabytes)
    if chosen == limits():
        return chosen
    with transaction.atomic():
        FileLimits.objects.update_or_create(
            account_id=actor.account_id,
            defaults={"extensions": list(chosen.extensions), "megabytes": chosen.megabytes},
        )
        record(actor, "file.limits", subject_id=actor.account_id, data={"megabytes": chosen.megabytes})
    return chosen

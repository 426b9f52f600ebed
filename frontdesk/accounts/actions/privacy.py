"""The privacy notice that an account gives."""

from django.db import transaction
from django.utils import timezone

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors

from .. import access, checks, choices, permissions
from ..models import PrivacyNotice

LONGEST_NOTICE = 20_000


def change_privacy(actor, language: str, text: str) -> str:
    """Replace the notice in one language; an empty text goes back to the proposal. Raises Invalid, Forbidden."""
    access.require(actor, permissions.ACCOUNT_EDIT)
    errors = Errors()
    code = checks.listed(errors, "language", language, choices.language_codes())
    said = errors.block("text", text, LONGEST_NOTICE)
    errors.raise_any()
    with transaction.atomic():
        own = PrivacyNotice.objects.filter(account_id=actor.account_id, language=code)
        if said:
            values = {"text": said, "changed_at": timezone.now()}
            PrivacyNotice.objects.update_or_create(account_id=actor.account_id, language=code, defaults=values)
        else:
            own.delete()
        record(actor, "account.privacy_changed", subject_id=actor.account_id, data={"language": code})
    return said

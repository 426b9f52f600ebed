"""The account itself."""

from dataclasses import asdict

from django.db import transaction

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors

from .. import access, permissions
from ..models import Account
from .setup import AccountInput, check_account


def change_account(actor, typed: AccountInput) -> Account:
    """Change name, language, time zone, currency and country; raises Invalid, Forbidden."""
    access.require(actor, permissions.ACCOUNT_EDIT)
    errors = Errors()
    cleaned = asdict(check_account(errors, typed))
    errors.raise_any()
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=actor.account_id)
        changed = {key: value for key, value in cleaned.items() if getattr(account, key) != value}
        for key, value in changed.items():
            setattr(account, key, value)
        if changed:
            account.save(update_fields=list(changed))
            record(actor, "account.changed", subject_id=account.pk, data={"fields": sorted(changed)})
    return account

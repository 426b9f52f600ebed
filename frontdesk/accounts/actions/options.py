"""What an account allows its co-workers and clients, and one co-worker in particular."""

from collections.abc import Mapping

from django.db import transaction

from frontdesk.activity.spine import record
from frontdesk.core.errors import Conflict
from frontdesk.core.options import Option, change
from frontdesk.core.permissions import BORROWER, capabilities
from frontdesk.core.registry import Registry
from frontdesk.core.text import gettext as _

from .. import access, permissions
from ..models import Account, Member


def set_account_options(actor, field: str, options: Registry[Option], chosen: Mapping[str, bool | None]) -> Account:
    """Choose for everybody: `field` is the account's field that keeps these options; raises Invalid, Forbidden."""
    access.require(actor, permissions.ACCOUNT_EDIT)
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=actor.account_id)
        changed = change(options, getattr(account, field), chosen)
        if changed.after:
            setattr(account, field, changed.layer)
            account.save(update_fields=[field])
            data = {"before": changed.before, "after": changed.after}
            record(actor, f"account.{field}", subject_id=account.pk, data=data)
    setattr(actor.account, field, changed.layer)
    return account


def set_team_options(actor, chosen: Mapping[str, bool | None]) -> Account:
    """Choose what all co-workers may do; raises Invalid, Forbidden."""
    return set_account_options(actor, "team_options", capabilities, chosen)


def set_member_options(actor, member: Member, chosen: Mapping[str, bool | None]) -> Member:
    """Choose what one co-worker may do, None being as all of them; raises Invalid, Conflict for others, Forbidden."""
    access.require_manage(actor, member)
    access.require(actor, permissions.MANAGE)
    if member.role != BORROWER:
        raise Conflict(_("What a person may do beyond their role is chosen for %(coworkers)s only."))
    with transaction.atomic():
        locked = Member.objects.select_for_update().get(account_id=actor.account_id, pk=member.pk)
        changed = change(capabilities, locked.options, chosen)
        member.options = changed.layer
        if changed.after:
            member.save(update_fields=["options"])
            data = {"member": str(member.pk), "before": changed.before, "after": changed.after}
            record(actor, "member.options", subject_id=member.pk, data=data)
    return member

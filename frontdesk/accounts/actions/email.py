"""The address that someone signs in with: another one counts once it was confirmed there."""

from django.db import transaction
from django.utils import timezone

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Conflict
from frontdesk.core.jobs.queue import enqueue
from frontdesk.core.text import gettext as _

from .. import checks
from ..jobs import send_email_changed_mail, send_email_confirm_mail
from ..models import EmailChange, Member, User, new_secret
from ..signin.tokens import token_hash
from .profile import own_user, require_password
from .users import save_user


def change_email(actor, *, email: str, current_password: str) -> EmailChange | None:
    """Ask at a new address whether it is theirs; it counts once they say so there.

    Whether someone else signs in with it is told at that address alone. Giving up the address counts at once, and
    needs a username. None when nothing is left to confirm. Raises Invalid.
    """
    user = own_user(actor)
    require_password(user, current_password, "current_password")
    errors = Errors()
    wanted = checks.email(errors, "email", email, required=not user.username)
    errors.raise_any()
    if wanted == (user.email or ""):
        return None
    with transaction.atomic():
        EmailChange.objects.filter(account_id=actor.account_id, member_id=actor.id).delete()
        if not wanted:
            _set(actor, user, "")
            return None
        return _ask(actor, wanted)


def _ask(actor, wanted: str) -> EmailChange:
    """A change that waits; the secret of its link is made when the mail goes out."""
    made = EmailChange.objects.create(
        account_id=actor.account_id, member_id=actor.id, email=wanted, token_hash=token_hash(new_secret()),
        expires_at=timezone.now() + EmailChange.LIFETIME,
    )  # fmt: skip
    enqueue(send_email_confirm_mail, email_change_id=str(made.pk))
    record(actor, "profile.email_asked", subject_id=actor.id)
    return made


def _set(member: Member, user: User, wanted: str) -> None:
    former = user.email or ""
    user.email, member.email = wanted or None, wanted
    save_user(user, ["email"])
    member.save(update_fields=["email"])
    if former:
        enqueue(send_email_changed_mail, user_id=str(user.pk), former=former)
    record(member, "profile.email_changed", subject_id=member.id)


def confirm_email(change: EmailChange) -> Member:
    """Let an address that its owner confirmed count from now on; the former one is told. Raises Conflict."""
    with transaction.atomic():
        held = EmailChange.objects.select_for_update(of=("self",)).select_related("member__user", "member__account")
        found = held.filter(pk=change.pk, expires_at__gt=timezone.now()).first()
        if found is None or found.member.user is None:
            raise Conflict(_("This link no longer works."))
        _set(found.member, found.member.user, found.email)
        found.delete()
    return found.member


def cancel_email(actor) -> None:
    """Withdraw one's own change that waits; its link no longer works."""
    own_user(actor)
    with transaction.atomic():
        gone, _kinds = EmailChange.objects.filter(account_id=actor.account_id, member_id=actor.id).delete()
        if gone:
            record(actor, "profile.email_kept", subject_id=actor.id)

"""Sign-in data that the office gives and takes."""

from django.db import transaction
from django.utils import timezone

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Conflict
from frontdesk.core.text import gettext as _

from .. import access, checks
from ..models import ApiToken, Member, MemberStatus, User
from ..signin import passwords
from .members import fresh, guard_last_admin, withdraw_pending
from .users import save_user


def require_own_user(member: Member) -> None:
    """Raise Conflict when the member's user belongs to other accounts too, whose sign-in is not ours to change."""
    if member.user_id and Member.objects.filter(user_id=member.user_id).exclude(pk=member.pk).exists():
        raise Conflict(_("This person also belongs to another account, so only they can change how they sign in."))


def _user_for(member: Member) -> User:
    """The member's user, or a new unsaved one that also signs in with the member's address where it is free."""
    if member.user:
        return member.user
    taken = not member.email or User.objects.filter(email=member.email).exists()
    return User(name=member.name, email=None if taken else member.email)


def _checked(member: Member, username: str, password: str | None) -> str:
    errors = Errors()
    wanted = checks.username(errors, "username", username, required=True, besides=member.user_id)
    if password:
        checks.password(errors, "password", password, User(username=wanted, name=member.name))
    errors.raise_any()
    return wanted


def give_sign_in(actor, member: Member, *, username: str, password: str | None = None) -> str | None:
    """Let a member sign in with a username and a temporary password, returned once when it was generated.

    It must be changed at the first sign-in and expires after a week. Raises Invalid for a taken username,
    Conflict for a deactivated member or one who also belongs to another account, Forbidden.
    """
    access.require_manage(actor, member)
    wanted = _checked(member, username, password)
    with transaction.atomic():
        before = fresh(member).status
        if before == MemberStatus.INACTIVE:
            raise Conflict(_("This person is switched off. Activate them first."))
        require_own_user(member)
        user = _user_for(member)
        user.username = wanted
        chosen = _save_temporary(user, password)
        member.user, member.status = user, MemberStatus.ACTIVE
        member.save(update_fields=["user", "status"])
        withdraw_pending(member)
        data = {"member": str(member.pk), "was": before}
        record(actor, "member.sign_in_given", subject_id=member.pk, data=data)
    return None if password else chosen


def _save_temporary(user: User, password: str | None) -> str:
    chosen = password or passwords.readable_password()
    passwords.set_temporary(user, chosen)
    save_user(user)
    return chosen


def reset_password(actor, member: Member) -> str:
    """Replace a member's password by a temporary one, returned once; their sessions end. Raises Conflict, Forbidden."""
    access.require_manage(actor, member)
    if member.pk == actor.id:
        raise Conflict(_("Change your own password on your profile."))
    with transaction.atomic():
        user = fresh(member).user
        if user is None:
            raise Conflict(_("This person does not sign in yet. Invite them or give them a username."))
        require_own_user(member)
        chosen = _save_temporary(user, None)
        record(actor, "member.password_reset", subject_id=member.pk, data={"member": str(member.pk)})
    return chosen


def take_sign_in(actor, member: Member) -> None:
    """Take away how a member signs in, at once: sessions and tokens end, username and address are free again.

    A user who belongs to other accounts keeps signing in there. Raises Conflict for the last admin, Forbidden.
    """
    access.require_manage(actor, member)
    if member.pk == actor.id:
        raise Conflict(_("You cannot switch off your own access. Leave the account from your profile."))
    with transaction.atomic():
        user = fresh(member).user
        guard_last_admin(member)
        withdraw_pending(member)
        if user is None:
            return
        before, member.user = member.status, None
        member.status = MemberStatus.INVITED if member.status == MemberStatus.ACTIVE else member.status
        member.save(update_fields=["user", "status"])
        ApiToken.objects.filter(member_id=member.pk, revoked_at=None).update(revoked_at=timezone.now())
        if not Member.objects.filter(user=user).exists():
            user.delete()
        data = {"member": str(member.pk), "was": before}
        record(actor, "member.sign_in_taken", subject_id=member.pk, data=data)

"""Invitations: a link to register, sent by mail or handed over, usable once and for a week."""

from django.db import transaction
from django.utils import timezone

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Conflict
from frontdesk.core.fold import fold
from frontdesk.core.jobs.queue import enqueue
from frontdesk.core.text import gettext as _

from .. import access, checks, choices, permissions
from ..jobs import send_invitation_mail
from ..models import Invitation, Member, MemberStatus, User, new_secret
from ..signin import links
from ..signin.tokens import token_hash
from .members import PersonInput, check_person, fresh, hold_people, new_member, refuse_known, withdraw_pending
from .users import save_user


def _open(actor, member: Member) -> Invitation:
    """A new pending invitation in place of older ones; its secret is made when the link goes out."""
    now = timezone.now()
    withdraw_pending(member, now)
    return Invitation.objects.create(
        account_id=member.account_id, member=member, email=member.email, token_hash=token_hash(new_secret()),
        expires_at=now + Invitation.LIFETIME, invited_by_id=actor.id,
    )  # fmt: skip


def _record(actor, verb: str, invitation: Invitation) -> None:
    record(actor, verb, subject_id=invitation.member_id, data={"member": str(invitation.member_id)})


def invite_member(actor, typed: PersonInput, *, mail: bool = True, language: str = "") -> Member:
    """Invite a colleague by e-mail, or with `mail=False` by a link to hand over; raises Invalid, Forbidden."""
    access.require(actor, permissions.MANAGE)
    errors = Errors()
    person = check_person(actor, errors, typed, email_required=True)
    errors.raise_any()
    with transaction.atomic():
        hold_people(actor.account_id)
        refuse_known(actor.account_id, person.email)
        member = new_member(actor.account_id, person, MemberStatus.INVITED)
        _invite(actor, member, mail=mail, language=language)
    return member


def _invite(actor, member: Member, *, mail: bool = True, language: str = "") -> Invitation:
    invitation = _open(actor, member)
    if mail:
        enqueue(send_invitation_mail, invitation_id=str(invitation.pk), language=language)
    _record(actor, "member.invited", invitation)
    return invitation


def send_invitation(actor, member: Member, *, mail: bool = True, language: str = "") -> Invitation:
    """Invite an existing member who has not registered; earlier links end. Raises Conflict, Forbidden."""
    access.require_invite(actor, member)
    with transaction.atomic():
        if fresh(member).status == MemberStatus.INACTIVE:
            raise Conflict(_("This person is switched off. Activate them first."))
        if member.user_id:
            raise Conflict(_("This person has registered already."))
        if not member.email:
            raise Conflict(_("There is no e-mail address to send an invitation to."))
        return _invite(actor, member, mail=mail, language=language)


def reinvite(actor, invitation: Invitation, *, mail: bool = True) -> Invitation:
    """A new invitation to the person of an expired one; raises Conflict while it is still pending."""
    if invitation.status == "pending":
        raise Conflict(_("This invitation is still open. Send it once more instead."))
    return send_invitation(actor, invitation.member, mail=mail)


def _pending(actor, invitation: Invitation) -> Invitation:
    """The invitation, held until the transaction ends; raises Conflict unless it is pending."""
    access.require_invite(actor, invitation.member)
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.status == "registered":
        raise Conflict(_("This person has registered already."))
    if locked.status == "expired":
        raise Conflict(_("This invitation has expired. Send a new one."))
    return locked


def resend(actor, invitation: Invitation) -> Invitation:
    """Send a pending invitation once more, with a new link; raises Conflict for an expired or used one."""
    with transaction.atomic():
        locked = _pending(actor, invitation)
        enqueue(send_invitation_mail, invitation_id=str(locked.pk))
        _record(actor, "invitation.resent", locked)
    return locked


def issue_link(actor, member: Member) -> str:
    """A new registration link to hand over, shown once; earlier links end. Raises Conflict, Forbidden."""
    with transaction.atomic():
        link = links.renew(_renewable(actor, member))
        record(actor, "invitation.link_issued", subject_id=member.pk, data={"member": str(member.pk)})
    return link


def _renewable(actor, member: Member) -> Invitation:
    """The member's pending invitation, or a new one that no mail announces."""
    access.require_invite(actor, member)
    fresh(member)
    pending = Invitation.objects.select_for_update().filter(
        member_id=member.pk, accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    )
    return pending.order_by("-id").first() or send_invitation(actor, member, mail=False)


def withdraw(actor, invitation: Invitation) -> Invitation:
    """End a pending invitation; its link no longer works. Raises Conflict, Forbidden."""
    with transaction.atomic():
        locked = _pending(actor, invitation)
        locked.withdrawn_at = timezone.now()
        locked.save(update_fields=["withdrawn_at"])
        _record(actor, "invitation.withdrawn", locked)
    return locked


def _join(invitation: Invitation, user: User) -> Member:
    """Tie the invited member to a user; the invitation is held and was checked to be pending."""
    member = fresh(invitation.member)
    if member.user_id or member.status != MemberStatus.INVITED:
        raise Conflict(_("This invitation was used already."))
    member.user, member.status = user, MemberStatus.ACTIVE
    member.save(update_fields=["user", "status", "name", "sort_name"])
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    data = {"role": member.role, "was": MemberStatus.INVITED.value}
    record(member, "member.registered", subject_id=member.pk, data=data)
    return member


def _usable(invitation: Invitation) -> Invitation:
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("member__account").get(pk=invitation.pk)
    if locked.status != "pending":
        raise Conflict(_("This invitation is no longer valid."))
    return locked


def accept_new(invitation: Invitation, *, name: str, password: str, language: str) -> Member:
    """Register as a new user; raises Conflict when the address has a user or the link was used, Invalid."""
    errors = Errors()
    name = errors.line("name", name, checks.LONGEST_NAME, required=True)
    checks.listed(errors, "language", language, choices.language_codes())
    user = User(email=invitation.email, name=name, language=language)
    checks.password(errors, "password", password, user)
    errors.raise_any()
    user.set_password(password)
    with transaction.atomic():
        locked = _usable(invitation)
        locked.member.name, locked.member.sort_name = name, fold(name)[:120]
        save_user(user)
        return _join(locked, user)


def accept_as(invitation: Invitation, user: User) -> Member:
    """Join with a sign-in that exists; its password and names stay. Raises Conflict when they belong already."""
    with transaction.atomic():
        locked = _usable(invitation)
        if Member.objects.filter(account_id=locked.account_id, user=user).exists():
            raise Conflict(_("You belong to %(account)s already.", account=locked.member.account.name))
        return _join(locked, user)

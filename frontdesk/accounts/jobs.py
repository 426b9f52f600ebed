"""Mails that leave in the background."""

from django.db import transaction

from frontdesk.core.jobs.registry import job
from frontdesk.core.tenancy.context import current_account_id
from frontdesk.core.text import gettext_lazy as _lazy

from . import mails
from .models import EmailChange, Invitation, Member, MemberStatus, User
from .registry import mail_kinds
from .signin import links, passwords


@job("accounts.invite", label=_lazy("E-mail with an invitation"))
def send_invitation_mail(invitation_id: str, language: str = "") -> None:
    """Make the secret of a pending invitation and send it; the secret exists nowhere else."""
    with transaction.atomic():
        known = Invitation.objects.select_for_update(of=("self",)).select_related("member__account", "invited_by")
        invitation = known.filter(pk=invitation_id).first()
        if invitation is None or invitation.status != "pending":
            return
        link = links.renew(invitation)
    mails.send_invitation(invitation, link, language)


@job("accounts.reset", attempts=3, label=_lazy("E-mail to choose a new password"))
def send_reset_mail(email: str) -> None:
    """Send the link to choose a new password, if someone signs in with that address."""
    user = User.objects.by_email(email)
    if user is not None and user.is_active:
        mails.send_reset(user, links.reset_link(user))


@job("accounts.email_changed", attempts=3, label=_lazy("E-mail about a changed address"))
def send_email_changed_mail(user_id: str, former: str) -> None:
    """Tell the former address of a user that it no longer signs in."""
    user = User.objects.filter(pk=user_id).first()
    if user is not None:
        mails.send_email_changed(user, former)


@job("accounts.email_confirm", attempts=3, label=_lazy("E-mail to confirm an address"))
def send_email_confirm_mail(email_change_id: str) -> None:
    """Ask at a new address whether it is theirs; whoever signs in with it already is told that instead."""
    with transaction.atomic():
        waiting = EmailChange.objects.select_for_update(of=("self",)).select_related("member__account", "member__user")
        change = waiting.filter(pk=email_change_id).first()
        if change is None or change.member.user is None:
            return
        taken = User.objects.filter(email=change.email).exclude(pk=change.member.user_id).exists()
        link = "" if taken else links.renew_change(change)
    mails.send_email_taken(change) if taken else mails.send_email_confirm(change, link)


@job("accounts.factor", attempts=3, label=_lazy("E-mail about a second factor"))
def send_factor_mail(user_id: str, change: str) -> None:
    """Tell a person what changed about their second factor: added, removed, codes or taken."""
    user = User.objects.filter(pk=user_id).first()
    if user is not None:
        mails.send_factor(user, change)


@job("accounts.welcome", attempts=3, label=_lazy("E-mail that welcomes somebody"))
def send_welcome_mail(member_id: str) -> None:
    """Make the way in and send it; a temporary password exists nowhere else, one that was chosen stays."""
    with transaction.atomic():
        known = Member.objects.filter(pk=member_id, account_id=current_account_id()).select_related("user", "account")
        member = known.filter(status=MemberStatus.ACTIVE, user__isnull=False).first()
        if member is None or member.user is None or not (member.user.email or member.email):
            return
        way = _way_in(member.user)
    mails.send_welcome(member, **way)


def _way_in(user: User) -> dict[str, str]:
    if not user.must_change_password or user.members.count() > 1:
        return {"link": links.reset_link(user)}
    password = passwords.readable_password()
    passwords.set_temporary(user, password)
    user.save(update_fields=["password", "must_change_password", "password_expires_at"])
    return {"password": password}


@job("accounts.test_letter", attempts=3, label=_lazy("E-mail to try out a text"))
def send_test_letter(member_id: str, mail: str, language: str) -> None:
    """Send a mail as it stands to whoever writes it."""
    member = (
        Member.objects.filter(pk=member_id, account_id=current_account_id()).select_related("user", "account").first()
    )
    kind = mail_kinds.get(mail)
    if member is not None and member.email and kind is not None:
        mails.send_test(member, kind, language)

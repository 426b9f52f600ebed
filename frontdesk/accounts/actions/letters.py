"""The account's own texts of mails, and the welcome that greets people."""

from django.db import transaction

from frontdesk.activity.spine import record
from frontdesk.core.checks import Errors
from frontdesk.core.errors import Conflict
from frontdesk.core.jobs.queue import enqueue
from frontdesk.core.text import gettext as _

from .. import access, letters, permissions
from ..jobs import send_test_letter, send_welcome_mail
from ..letters import Letter
from ..models import MailText, Member, MemberStatus
from ..registry import MailKind
from .members import fresh


def check_letter(kind: MailKind, *, subject: str, body: str) -> Letter:
    """The cleaned text; raises Invalid for one that is too long or names what the mail does not know."""
    errors = Errors()
    subject = errors.line("subject", subject, letters.LONGEST_SUBJECT, required=True)
    body = errors.block("body", body, letters.LONGEST_BODY, required=True)
    for field, text in (("subject", subject), ("body", body)):
        _check_placeholders(errors, kind, field, text)
    for name in sorted(kind.required - letters.placeholders(body)):
        errors.add("body", _("Without {%(name)s} this mail is of no use. Put it back.", name=name))
    errors.raise_any()
    return Letter(subject, body, own=True)


def _check_placeholders(errors: Errors, kind: MailKind, field: str, text: str) -> None:
    letters.check_placeholders(errors, field, text, kind.placeholders)
    if field == "subject" and kind.secret in letters.placeholders(text):
        errors.add(field, _("Keep {%(name)s} out of the subject, which others may see.", name=kind.secret))


def change_letter(actor, kind: MailKind, language: str, *, subject: str, body: str) -> Letter:
    """Write a mail in the account's own words in one language; raises Invalid, Forbidden."""
    access.require(actor, permissions.ACCOUNT_EDIT)
    letter = check_letter(kind, subject=subject, body=body)
    with transaction.atomic():
        MailText.objects.update_or_create(
            account_id=actor.account_id, mail=kind.key, language=language,
            defaults={"subject": letter.subject, "body": letter.body},
        )  # fmt: skip
        record(actor, "account.mail_changed", subject_id=actor.account_id, data={"mail": kind.key, "in": language})
    return letter


def reset_letter(actor, kind: MailKind, language: str) -> Letter:
    """Back to the text that comes with Frontdesk; raises Forbidden."""
    access.require(actor, permissions.ACCOUNT_EDIT)
    with transaction.atomic():
        own = MailText.objects.filter(account_id=actor.account_id, mail=kind.key, language=language)
        if own.delete()[0]:
            record(actor, "account.mail_reset", subject_id=actor.account_id, data={"mail": kind.key, "in": language})
    return letters.default(kind, language)


def try_letter(actor, kind: MailKind, language: str) -> None:
    """Send the mail as it is saved to oneself, with one's own values; raises Conflict without an address, Forbidden."""
    access.require(actor, permissions.ACCOUNT_EDIT)
    if not actor.email:
        raise Conflict(_("You have no e-mail address to send it to. Add one on your profile."))
    enqueue(send_test_letter, member_id=str(actor.id), mail=kind.key, language=language)


def why_no_welcome(member: Member) -> str:
    """Why a member cannot be sent the welcome, as a sentence; "" when they can."""
    if member.status == MemberStatus.INACTIVE:
        return _("The welcome goes to active people only, and this person is switched off. Activate them first.")
    if member.status != MemberStatus.ACTIVE or member.user is None:
        return _("The welcome goes to active people only, and this person has not registered. Invite them first.")
    if not (member.user.email or member.email):
        return _("There is no e-mail address to send the welcome to.")
    return ""


def send_welcome(actor, member: Member) -> None:
    """Queue the welcome with a way in: a temporary password for who never chose one, else a link to choose one.

    Raises Conflict for anyone who is not active or has no address, Forbidden.
    """
    access.require_manage(actor, member)
    with transaction.atomic():
        why = why_no_welcome(fresh(member))
        if why:
            raise Conflict(why)
        enqueue(send_welcome_mail, member_id=str(member.pk))
        record(actor, "member.welcomed", subject_id=member.pk, data={"member": str(member.pk)})

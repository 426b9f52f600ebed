"""Mails to people about their sign-in, in the language of whoever reads them."""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from frontdesk.core import text
from frontdesk.core.reader import in_language
from frontdesk.core.text import gettext as _

from . import letters
from .mail_kinds import INVITATION, WELCOME, invited_as, sign_in_address, way_in, welcome_values
from .models import Account, EmailChange, Invitation, Member, User
from .registry import MailKind


@dataclass(frozen=True)
class Mail:
    """What a mail says, already translated; the button leads to `action_href`.

    One that is not transactional bears at `unsubscribe_href` where to unsubscribe (`clients.subscriptions.links`).
    """

    to: str
    subject: str
    heading: str
    paragraphs: list[str]
    action_label: str = ""
    action_href: str = ""
    reply_to: list[str] = field(default_factory=list)
    unsubscribe_href: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def configured() -> bool:
    """Whether mails really leave; otherwise they are kept as files and links are handed over by hand."""
    return not settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")


def absolute(path: str) -> str:
    """The public address of a path; never from a request, whose Host header anyone can set."""
    return settings.PUBLIC_URL + path


_account: ContextVar[Account | None] = ContextVar("account_of_mail", default=None)


def _privacy_address() -> str:
    """Where the account that speaks tells about people's data."""
    account = _account.get()
    return absolute(reverse("accounts:privacy_of", args=[account.pk])) if account else ""


@contextlib.contextmanager
def speaking(account: Account | None, language: str) -> Iterator[None]:
    """Run the block in a language and with an account's own words."""
    token = text.use_words(account.words if account else None)
    heard = _account.set(account)
    try:
        with in_language(language):
            yield
    finally:
        _account.reset(heard)
        text.release_words(token)


def unsubscribe_headers(href: str) -> dict[str, str]:
    """The headers by which mail programs offer to unsubscribe with one click (RFC 8058)."""
    if not href:
        return {}
    return {"List-Unsubscribe": f"<{href}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def send(mail: Mail, sender: str) -> None:
    """Send a mail as text and HTML in the language in use; raises what the mail server raises."""
    context = {
        **vars(mail),
        "sender": sender,
        "language": translation.get_language(),
        "privacy_href": _privacy_address(),
    }
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    message = EmailMultiAlternatives(
        subject=" ".join(mail.subject.split()), body=render_to_string("mail/message.txt", context),
        from_email=formataddr((sender, address)), to=[mail.to], reply_to=mail.reply_to or None,
        headers={**unsubscribe_headers(mail.unsubscribe_href), **mail.headers},
    )  # fmt: skip
    message.attach_alternative(render_to_string("mail/message.html", context), "text/html")
    message.send()


def invitation_language(invitation: Invitation, language: str = "") -> str:
    """The invited person's own language where known, else the one asked for, else the account's."""
    user = User.objects.by_email(invitation.email)
    return (user.language if user else "") or language or invitation.member.account.language


def send_invitation(invitation: Invitation, link: str, language: str = "") -> None:
    """Send the link to register."""
    member, inviter = invitation.member, invitation.invited_by
    account = member.account
    with speaking(account, invitation_language(invitation, language)):
        who = inviter.name if inviter else account.name
        values = {
            "name": member.name, "who": who, "business": account.name,
            "invited_as": invited_as(member.role, who, account.name),
        }  # fmt: skip
        reply_to = [inviter.email] if inviter and inviter.email else []
        send_letter(account, INVITATION, invitation.email, values, link, reply_to)


def written(account: Account, kind: MailKind, values: dict[str, str]) -> letters.Letter:
    """Subject and body of a mail whose text the account may have written, filled, in the language in use."""
    return letters.filled(letters.letter(account, kind, translation.get_language()), values)


def send_letter(
    account: Account, kind: MailKind, to: str, values: dict[str, str], link: str, reply_to: list[str] | None = None
) -> None:
    """Send a mail whose text the account may have written, in the language in use."""
    text, href = written(account, kind, values), link if kind.action else ""
    mail = Mail(to, text.subject, text.subject, text.paragraphs, str(kind.action), href, reply_to or [])
    send(mail, account.name)


def send_welcome(member: Member, *, password: str = "", link: str = "") -> None:
    """Greet somebody who can sign in now."""
    account, user = member.account, member.user
    with speaking(account, user.language or account.language):
        values = welcome_values(member, way_in(password=password, link=link))
        send_letter(account, WELCOME, user.email or member.email, values, link or sign_in_address())


def send_test(member: Member, kind: MailKind, language: str) -> None:
    """Send a mail as it stands to whoever writes it."""
    with speaking(member.account, language):
        link = sign_in_address() if kind.action else ""
        send_letter(member.account, kind, member.email, kind.sample(member), link)


def _account_of(user: User) -> Account | None:
    member = user.members.select_related("account").order_by("created_at").first()
    return member.account if member else None


def send_reset(user: User, link: str) -> None:
    """Send the link to choose a new password, to a user who has an address."""
    if user.email is None:
        return
    account = _account_of(user)
    with speaking(account, user.language or (account.language if account else settings.LANGUAGE_CODE)):
        mail = Mail(
            to=user.email,
            subject=_("Choose a new password"),
            heading=_("Choose a new password"),
            paragraphs=[
                _("Someone, probably you, asked for a new password for %(login)s.", login=user.username or user.email),
                _("If it was not you, there is nothing to do: your password stays as it is."),
            ],
            action_label=_("Choose a new password"),
            action_href=link,
        )
        send(mail, account.name if account else "Frontdesk")


def send_email_changed(user: User, former: str) -> None:
    """Tell the former address that another one signs in from now on."""
    account = _account_of(user)
    with speaking(account, user.language or (account.language if account else settings.LANGUAGE_CODE)):
        mail = Mail(
            to=former,
            subject=_("Your e-mail address was changed"),
            heading=_("Your e-mail address was changed"),
            paragraphs=[
                _("You sign in with %(email)s from now on, and no longer with this address.", email=user.email or ""),
                _("If it was not you, tell your office at once."),
            ],
        )
        send(mail, account.name if account else "Frontdesk")


def _factor_sentence(change: str) -> str:
    return {
        "added": _("A second factor was added to your sign-in."),
        "removed": _("A second factor was removed from your sign-in."),
        "codes": _("New recovery codes were made for your sign-in. The former ones no longer work."),
        "taken": _("The office took your second factor away because you lost it. Set up a new one on your profile."),
    }[change]


def send_factor(user: User, change: str) -> None:
    """Tell someone who has an address that their second factor changed."""
    if user.email is None:
        return
    account = _account_of(user)
    with speaking(account, user.language or (account.language if account else settings.LANGUAGE_CODE)):
        subject = _("Your sign-in was changed")
        warning = _("If it was not you, change your password and tell your office at once.")
        mail = Mail(to=user.email, subject=subject, heading=subject, paragraphs=[_factor_sentence(change), warning])
        send(mail, account.name if account else "Frontdesk")


def send_email_confirm(change: EmailChange, link: str) -> None:
    """Ask at the new address whether it is theirs."""
    member = change.member
    with speaking(member.account, member.user.language or member.account.language):
        subject = _("Confirm your new e-mail address")
        said = [
            _(
                "%(name)s wants to sign in to %(account)s with this address.",
                name=member.name,
                account=member.account.name,
            ),
            _("The link works for three days. If it was not you, there is nothing to do."),
        ]
        mail = Mail(change.email, subject, subject, said, _("Confirm the address"), link)
        send(mail, member.account.name)


def send_email_taken(change: EmailChange) -> None:
    """Tell whoever signs in with an address that somebody else asked for it."""
    account = change.member.account
    with speaking(None, account.language):
        subject = _("You sign in with this address already")
        said = [
            _("Somebody asked to sign in with this address, with which you sign in to Frontdesk already."),
            _("Nothing was changed. If it was you, sign in with it, or give it up there first."),
        ]
        send(Mail(change.email, subject, subject, said), "Frontdesk")

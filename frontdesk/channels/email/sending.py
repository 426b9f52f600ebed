"""Sending one e-mail, by the installation's mail, a server of the account's own, or a provider."""

import re
import smtplib
from email.utils import parseaddr

from django.conf import settings as installation
from django.core.mail import EmailMultiAlternatives

from ..models import ChannelSettings
from ..registry import Outgoing, Postponed, Sent
from . import replies, setup, smtp
from .composing import Sender, compose
from .connecting import PLAIN, STARTTLS, TLS


def sender_of(message: Outgoing, settings: ChannelSettings) -> Sender:
    """Whom a mail comes from. The installation's server sends by its own address only; answers go to the account's."""
    config = settings.config
    own, name = config.get("sender_address") or "", config.get("sender_name") or settings.account.name
    answers = replies.address(config, message.account_id, message.thread, message.to)
    if config.get("sending", setup.OURS) == setup.OURS:
        return Sender(name, parseaddr(installation.DEFAULT_FROM_EMAIL)[1], answers or own)
    return Sender(name, own, answers)


def server_of(settings: ChannelSettings) -> smtp.Server:
    """The account's own mail server."""
    config = settings.config
    return smtp.Server(
        config.get("smtp_host", ""), int(config.get("smtp_port") or 587), config.get("smtp_security") or STARTTLS,
        config.get("smtp_user", ""), settings.secret("smtp_password"),
    )  # fmt: skip


def installation_server() -> smtp.Server:
    """The mail server that the installation's settings name."""
    security = TLS if installation.EMAIL_USE_SSL else STARTTLS if installation.EMAIL_USE_TLS else PLAIN
    return smtp.Server(
        installation.EMAIL_HOST, installation.EMAIL_PORT, security, installation.EMAIL_HOST_USER,
        installation.EMAIL_HOST_PASSWORD, own=True,
    )  # fmt: skip


def send(message: Outgoing, settings: ChannelSettings) -> Sent:
    """Send a mail; raises Refused, Postponed.

    SMTP knows no key that keeps a mail from being taken twice: after a try whose end is not known it goes again with
    the same Message-ID, by which many servers and programs show it once.
    """
    sender = sender_of(message, settings)
    mail = compose(message, sender)
    way = settings.config.get("sending", setup.OURS)
    if way == setup.PROVIDER:
        from . import handing

        return handing.send(mail, settings, message.id)
    if way == setup.SMTP:
        return _by_smtp(server_of(settings), mail, sender, message)
    if installation.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return _by_smtp(installation_server(), mail, sender, message)
    return _by_backend(mail)


def _by_smtp(server: smtp.Server, mail: EmailMultiAlternatives, sender: Sender, message: Outgoing) -> Sent:
    raw = re.sub(rb"\r?\n", b"\r\n", mail.message().as_bytes())
    smtp.deliver(server, sender.address, message.to, raw)
    return Sent(mail.extra_headers["Message-ID"].strip("<>"))


def _by_backend(mail: EmailMultiAlternatives) -> Sent:
    """By what else the installation uses for mails."""
    try:
        mail.send()
    except (OSError, smtplib.SMTPException) as error:
        raise Postponed("unreachable", str(error)[:300], whole=True) from error
    return Sent(mail.extra_headers["Message-ID"].strip("<>"))

"""What a business sets up to send and receive e-mails."""

import re

from frontdesk.accounts import mails
from frontdesk.core import emails
from frontdesk.core.checks import Errors
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.webhooks.sending import addresses

from ..fields import CHOICE, NUMBER, SECRET, Field
from ..models import ChannelSettings
from .connecting import PLAIN, STARTTLS, TLS
from .providers import PROVIDERS
from .replies import DOMAIN, PLUS

OURS, SMTP, PROVIDER = "installation", "smtp", "provider"
NOTHING, IMAP = "none", "imap"
KEEP, SEEN, MOVE = "keep", "seen", "move"
# A token of 45 signs and a plus sign fit into the 64 that an address may have before its @.
LONGEST_LOCAL = 18
_LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?=.{{1,253}}$)({_LABEL}\.)*{_LABEL}|[0-9a-f:.]+")

_SENDER, _OUT, _IN, _ANSWERS = (
    _lazy("Sender"), _lazy("How e-mails leave"), _lazy("How e-mails arrive"), _lazy("Answers"),
)  # fmt: skip
_SECURITY = (
    (STARTTLS, _lazy("STARTTLS (usual with port 587 or 143)")), (TLS, _lazy("TLS (usual with port 465 or 993)")),
    (PLAIN, _lazy("None (only within your own network)")),
)  # fmt: skip


def _address(text: str) -> str:
    try:
        return emails.parse(text)
    except emails.BadEmail:
        raise ValueError(_("“%(text)s” is not an e-mail address.", text=text)) from None


def _host(text: str) -> str:
    if not _HOST.fullmatch(text.lower()):
        raise ValueError(_("Write the name of a server, such as mail.example.com."))
    return text.lower()


def _url(text: str) -> str:
    try:
        addresses.parse(text)
    except addresses.BadAddress:
        raise ValueError(_("Write an address that begins with https://.")) from None
    return text


def _reply(text: str) -> str:
    """An address, or for a whole domain `*@` it."""
    plain = text.strip().lower().removeprefix("*").removeprefix("@")
    return _address(plain) if "@" in plain else "@" + _host(plain)


def _visible(text: str) -> str:
    if not re.fullmatch(r"[\x21-\x7e]+", text):
        raise ValueError(_("Write it without spaces."))
    return text


def _smtp(key: str, label, **more) -> Field:
    return Field(key, label, group=_OUT, when=("sending", (SMTP,)), **more)


def _provider(key: str, label, kind: str, **more) -> Field:
    return Field(key, label, kind, group=_OUT, when=("sending", (PROVIDER,)), **more)


def _imap(key: str, label, **more) -> Field:
    return Field(key, label, group=_IN, when=("receiving", (IMAP,)), **more)


FIELDS = (
    Field("sender_name", _lazy("Name of the sender"), group=_SENDER, most=120,
          help=_lazy("Left empty, it is the name of your business.")),
    Field("sender_address", _lazy("Address of the sender"), group=_SENDER, most=254, check=_address,
          help=_lazy("What people see and answer to, such as office@example.com.")),
    Field(
        "sending", _lazy("Send by"), CHOICE, group=_OUT, default=OURS,
        choices=(
            (OURS, _lazy("The mail server of this installation")), (SMTP, _lazy("Our own mail server (SMTP)")),
            (PROVIDER, _lazy("A provider for sending e-mails")),
        ),
    ),
    _smtp("smtp_host", _lazy("Mail server"), check=_host, help=_lazy("Such as smtp.example.com.")),
    _smtp("smtp_port", _lazy("Port"), kind=NUMBER, default=587, least=1, most=65535),
    _smtp("smtp_security", _lazy("Encryption"), kind=CHOICE, choices=_SECURITY, default=STARTTLS),
    _smtp("smtp_user", _lazy("User name"), help=_lazy("Often the whole address.")),
    _smtp("smtp_password", _lazy("Password"), kind=SECRET,
          help=_lazy("Many providers want a password made for this program (app password).")),
    _provider("provider", _lazy("Provider"), CHOICE, default="postmark",
              choices=tuple((key, one.label) for key, one in PROVIDERS.items())),
    _provider("provider_key", _lazy("Key"), SECRET, help=_lazy("The API key or server token that you find there.")),
    _provider("provider_second", _lazy("Second key"), SECRET, help=_lazy("Only for Mailjet: the secret key.")),
    _provider("provider_domain", _lazy("Domain at the provider"), "text", check=_host,
              help=_lazy("Only for Mailgun: the domain that you send from there.")),
    _provider("provider_server", _lazy("Address of the API"), "text", check=_url, most=300,
              help=_lazy("Leave it empty, unless your provider has another one for you, such as Mailgun for Europe.")),
    _provider("hook_secret", _lazy("Key of the webhooks"), SECRET, help=_lazy(
        "Only for Mailgun: the key by which it signs what it tells. Others get a password in the address.")),
    Field(
        "receiving", _lazy("Receive by"), CHOICE, group=_IN, default=NOTHING,
        choices=(
            (NOTHING, _lazy("Nothing: answers go to the address of the sender only")),
            (IMAP, _lazy("A mailbox that is looked through every minute (IMAP)")),
            (PROVIDER, _lazy("The provider for sending, which passes e-mails on")),
        ),
    ),
    _imap("imap_host", _lazy("Mailbox server"), check=_host, help=_lazy("Such as imap.example.com.")),
    _imap("imap_port", _lazy("Port"), kind=NUMBER, default=993, least=1, most=65535),
    _imap("imap_security", _lazy("Encryption"), kind=CHOICE, choices=_SECURITY, default=TLS),
    _imap("imap_user", _lazy("User name")),
    _imap("imap_password", _lazy("Password"), kind=SECRET),
    _imap("imap_folder", _lazy("Folder"), default="INBOX", help=_lazy("Only new e-mails are read, from now on.")),
    _imap(
        "imap_after", _lazy("Afterwards"), kind=CHOICE, default=SEEN,
        choices=(
            (SEEN, _lazy("Mark them as read")), (KEEP, _lazy("Leave them as they are")),
            (MOVE, _lazy("Move them to another folder")),
        ),
    ),
    _imap("imap_moved_to", _lazy("Other folder"), help=_lazy("It must be there already.")),
    Field(
        "reply_style", _lazy("Where answers go"), CHOICE, group=_ANSWERS, default=NOTHING,
        choices=(
            (NOTHING, _lazy("To the address of the sender")),
            (PLUS, _lazy("To an address of their own, by a plus sign: inbox+…@example.com")),
            (DOMAIN, _lazy("To an address of their own in a domain: …@reply.example.com")),
        ),
        help=_lazy("With addresses of their own, an answer always finds its conversation, and its sender is known."),
    ),
    Field(
        "reply_address", _lazy("Address or domain of answers"), group=_ANSWERS, most=254, check=_reply,
        when=("reply_style", (PLUS, DOMAIN)),
        help=_lazy("The mailbox that is read, such as inbox@example.com, or a whole domain that is read."),
    ),
    Field(
        "trusted", _lazy("Name of the receiving server"), group=_ANSWERS, most=200, check=_visible,
        help=_lazy(
            "It stands first in the header Authentication-Results of what you receive, such as mx.google.com. Without "
            "it nobody can tell whether an e-mail is really from whom it says."),
    ),
)  # fmt: skip
_BY_KEY = {field.key: field for field in FIELDS}


def _required(errors: Errors, config: dict, *keys: str) -> None:
    for key in keys:
        if not config.get(key):
            errors.add(key, _("This field is required."))


def check(errors: Errors, config: dict, secrets: set[str]) -> None:
    """What belongs together."""
    if config.get("sending") == SMTP:
        _required(errors, config, "smtp_host", "sender_address")
    if config.get("sending") == PROVIDER:
        _required(errors, config, "sender_address")
        _check_provider(errors, config)
    if config.get("receiving") == IMAP:
        _required(errors, config, "imap_host", "imap_user", "imap_folder")
        if config.get("imap_after") == MOVE:
            _required(errors, config, "imap_moved_to")
    if config.get("receiving") == PROVIDER:
        _check_inbound(errors, config)
    _check_reply(errors, config)


def _check_provider(errors: Errors, config: dict) -> None:
    if PROVIDERS[config["provider"]].domain:
        _required(errors, config, "provider_domain")


def _check_inbound(errors: Errors, config: dict) -> None:
    if config.get("sending") != PROVIDER:
        errors.add("receiving", _("Choose a provider for sending first."))
    elif not PROVIDERS[config["provider"]].inbound:
        errors.add("receiving", _("This provider cannot pass e-mails on. Choose a mailbox."))


def _check_reply(errors: Errors, config: dict) -> None:
    style = config.get("reply_style")
    if style not in (PLUS, DOMAIN):
        return
    _required(errors, config, "reply_address")
    local = str(config.get("reply_address") or "").rpartition("@")[0]
    if style == PLUS and config.get("reply_address") and not 0 < len(local) <= LONGEST_LOCAL:
        said = _("Write a whole address, with at most %(most)s letters before the @.", most=LONGEST_LOCAL)
        errors.add("reply_address", said)
    if style == DOMAIN and local:
        errors.add("reply_address", _("Write the domain only, such as reply.example.com."))
    if config.get("receiving", NOTHING) == NOTHING:
        errors.add("reply_style", _("Choose how e-mails arrive first: nobody would read these answers."))


def _lacking(settings: ChannelSettings) -> list[str]:
    """The labels of what sending still needs."""
    config = settings.config
    if config.get("sending") == SMTP:
        needed = ["smtp_host", "sender_address", *(["smtp_password"] if config.get("smtp_user") else [])]
    else:
        needed = ["provider_key", "sender_address"]
        needed += ["provider_second"] if PROVIDERS[config.get("provider") or "postmark"].second else []

    def has(key: str) -> object:
        return settings.secret(key) if _BY_KEY[key].is_secret else config.get(key)

    return [str(_BY_KEY[key].label) for key in needed if not has(key)]


def missing(settings: ChannelSettings | None) -> str:
    """What is still to be filled in; "" when e-mails can be sent."""
    if settings is None or settings.config.get("sending", OURS) == OURS:
        if mails.configured():
            return ""
        return _("E-mail is not set up yet: this installation has no mail server. You can use your own.")
    lacks = _lacking(settings)
    return _("Still missing: %(what)s.", what=", ".join(lacks)) if lacks else ""

"""What a business sets up to send text messages."""

import re

from frontdesk.core import phones
from frontdesk.core.checks import Errors
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.webhooks.sending import addresses

from ..fields import NUMBER, SECRET, SWITCH, Field
from ..models import ChannelSettings

TWILIO = "https://api.twilio.com"
MOST_SENDERS = 20
SERVICE = re.compile(r"MG[0-9a-fA-F]{32}")
ACCOUNT = re.compile(r"AC[0-9a-zA-Z]{8,64}")
NAME = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 ]{3,11}")


def _account(text: str) -> str:
    if not ACCOUNT.fullmatch(text):
        raise ValueError(_("It begins with AC and is followed by letters and digits."))
    return text


def _sender(text: str) -> str:
    if SERVICE.fullmatch(text) or NAME.fullmatch(text):
        return text
    try:
        return phones.parse(text).e164
    except phones.BadPhone:
        raise ValueError(
            _("“%(text)s” is not a phone number. Write it with its country code, as in +40 745 112 908.", text=text)
        ) from None


def _senders(text: str) -> str:
    found = list(dict.fromkeys(_sender(part.strip()) for part in text.split(",") if part.strip()))
    if len(found) > MOST_SENDERS:
        raise ValueError(_("At most %(most)s are allowed.", most=MOST_SENDERS))
    return ", ".join(found)


def _server(text: str) -> str:
    try:
        addresses.parse(text)
    except addresses.BadAddress:
        raise ValueError(_("Write an address that begins with https://.")) from None
    return text.rstrip("/")


FIELDS = (
    Field(
        "account_sid", _lazy("Account SID"), group=_lazy("Your account at the provider"), check=_account, most=80,
        help=_lazy("At Twilio it is on the first page of the console. It begins with AC."),
    ),
    Field("auth_token", _lazy("Auth token"), SECRET, help=_lazy("It is beside the account SID."), most=200,
          group=_lazy("Your account at the provider")),
    Field(
        "senders", _lazy("Your numbers"), group=_lazy("Sending"), check=_senders, most=600,
        help=_lazy(
            "The phone numbers that you rent there, with their country code and separated by commas, "
            "or the SID of a messaging service (it begins with MG)."
        ),
    ),
    Field(
        "most_segments", _lazy("Longest message, in parts"), NUMBER, group=_lazy("Sending"), default=6, least=1,
        most=10, help=_lazy("A text message is paid by its parts: 160 plain characters, or 70 with special ones."),
    ),
    Field(
        "pictures", _lazy("Send pictures (MMS)"), SWITCH, group=_lazy("Sending"), default=False,
        help=_lazy("Your numbers must be able to, and each picture costs more than a text. This installation needs a "
                   "public address, from which the provider fetches them."),
    ),
    Field(
        "signature", _lazy("Signature"), group=_lazy("Sending"), most=60,
        help=_lazy("Stands below what you write from the inbox, such as the name of your business. It counts."),
    ),
    Field(
        "server", _lazy("Address of the server"), group=_lazy("Sending"), default=TWILIO, check=_server, most=300,
        help=_lazy("Leave it as it is for Twilio. Other providers that speak the same protocol have their own."),
    ),
)  # fmt: skip


def check(errors: Errors, config: dict, secrets: set[str]) -> None:
    """What is required, once anything is filled in."""
    if not config.get("server"):
        config["server"] = TWILIO


def missing(settings: ChannelSettings | None) -> str:
    """What is still to be filled in; "" when text messages can be sent."""
    config = settings.config if settings else {}
    lacks = [
        str(field.label) for field in FIELDS if field.key in ("account_sid", "senders") and not config.get(field.key)
    ]
    if settings is None or not settings.secret("auth_token"):
        lacks.insert(1, str(FIELDS[1].label))
    if not lacks:
        return ""
    if len(lacks) == 3:
        return _("SMS is not set up yet: you need an account at a provider such as Twilio.")
    return _("Still missing: %(what)s.", what=", ".join(lacks))


def senders(settings: ChannelSettings) -> list[str]:
    """The numbers or services to send from."""
    return [part for part in settings.config.get("senders", "").split(", ") if part]

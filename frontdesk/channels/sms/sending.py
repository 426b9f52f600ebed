"""Sending one text message."""

import zlib
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from django.conf import settings as installation

from .. import hooks
from ..models import ChannelSettings
from ..registry import Outgoing, Refused, Sent
from . import pictures, setup, twilio
from .segments import measured

STATES = {
    "accepted": "sent", "queued": "sent", "scheduled": "sent", "sending": "sent", "sent": "sent",
    "delivered": "delivered", "read": "read", "failed": "failed", "undelivered": "failed", "canceled": "failed",
}  # fmt: skip
# Clocks differ.
SLACK = timedelta(minutes=5)
PAGE = 100


def sender_for(settings: ChannelSettings, to: str) -> str:
    """Of several numbers always the same for one recipient."""
    found = setup.senders(settings)
    return found[zlib.crc32(to.encode()) % len(found)]


def _from(sender: str) -> dict[str, str]:
    return {"MessagingServiceSid" if setup.SERVICE.fullmatch(sender) else "From": sender}


def _callback(settings: ChannelSettings, message: Outgoing) -> dict[str, str]:
    """Where the provider reports; none where it could not reach us anyway."""
    if not (installation.PUBLIC_URL.startswith("https://") or installation.WEBHOOKS_LOCAL):
        return {}
    return {"StatusCallback": f"{hooks.address(settings, 'status')}?dispatch={message.id}"}


def _sent(data: dict) -> Sent:
    state = STATES.get(str(data.get("status")), "sent")
    if state == "failed":
        code = str(data.get("error_code") or "")
        raise Refused(twilio.reason_of(int(code)) if code.isdigit() else "rejected", code)
    count = str(data.get("num_segments") or "0")
    return Sent(str(data.get("sid") or ""), state, int(count) if count.isdigit() else 0)


def _is_ours(data: dict, message: Outgoing, since: datetime) -> bool:
    try:
        made = parsedate_to_datetime(str(data.get("date_created")))
    except ValueError:
        return False
    known = str(data.get("sid")) in message.taken
    outbound = str(data.get("direction", "")).startswith("outbound")
    return outbound and not known and data.get("body") == message.text and made >= since


def _look_up(settings: ChannelSettings, message: Outgoing, sender: str) -> Sent | None:
    """The message as the provider has it, when a former try got through."""
    since = message.since - SLACK
    form = {"To": message.to, "DateSent>": since.date().isoformat(), "PageSize": str(PAGE)}
    if not setup.SERVICE.fullmatch(sender):
        form["From"] = sender
    said = twilio.ask(settings, "GET", "/Messages.json", form)
    twilio.check(said)
    rows = [row for row in said.data.get("messages") or () if isinstance(row, dict)]
    found = [row for row in rows if _is_ours(row, message, since)]
    return _sent(found[-1]) if found else None


def send(message: Outgoing, settings: ChannelSettings) -> Sent:
    """Hand a text message to the provider; raises Refused, Postponed.

    The protocol has no key that keeps a message from being taken twice, so after a try whose end is not known the
    provider is asked for it first.
    """
    measure = measured(message.text, settings)
    if measure.segments > measure.most and not message.owed:
        raise Refused("long", str(measure.segments), here=True)
    sender = sender_for(settings, message.to)
    if message.again and (found := _look_up(settings, message, sender)) is not None:
        return found
    form: dict[str, str | list[str]] = {
        "To": message.to,
        "Body": message.text,
        **_from(sender),
        **_callback(settings, message),
    }
    if message.files:
        form["MediaUrl"] = pictures.addresses(message)
    said = twilio.ask(settings, "POST", "/Messages.json", form)
    twilio.check(said)
    return _sent(said.data)

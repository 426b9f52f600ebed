"""Text messages, by a provider that speaks Twilio's protocol."""

from frontdesk.core.text import gettext_lazy as _lazy


def register() -> None:
    """Called once at start-up."""
    from ..registry import Cause, Channel, causes, channels, receivers
    from . import pictures, reaching, reading, reports, segments, sending, setup, words

    channel = Channel(
        key="sms", label=_lazy("SMS"), icon="message", order=20, text=_lazy("Text messages to mobile phones"),
        reaches=reaching.reaches, missing=setup.missing, send=sending.send, measure=segments.measured,
        parse=reading.parse, hooks={"status": reports.status, "inbound": reports.inbound}, failed=words.opted_out,
        fields=setup.FIELDS, check=setup.check, guide="channels/sms/guide.html", test_to=reaching.of_member,
        address=reaching.address, at_once=16, carries=pictures.carries,
    )  # fmt: skip
    channels.register(channel.key, channel)
    causes.register(words.CAUSE, Cause(words.CAUSE, _lazy("Answer to STOP, START or HELP"), owed=True))
    receivers.register(words.CAUSE, words.take)

"""The e-mail channel: mails of an account's own, out and in."""

from collections.abc import Callable

from django.http import HttpResponse

from frontdesk.core.text import gettext_lazy as _lazy


def _later(name: str) -> Callable[..., HttpResponse]:
    """A hook whose module is loaded by the first call."""

    def call(hook) -> HttpResponse:
        from . import hooks

        return getattr(hooks, name)(hook)

    return call


def register() -> None:
    """Called once at start-up."""
    from ..registry import Channel, channels
    from . import composing, hook_addresses, reaching, receiving, sending, setup, state, wording

    channel = Channel(
        key="email", label=_lazy("E-mail"), icon="mail", order=10, text=_lazy("E-mails of your business, out and in"),
        reaches=reaching.reaches, missing=setup.missing, send=sending.send, parse=receiving.parse,
        hooks={"tracking": _later("tracking"), "inbound": _later("inbound")}, hook_address=hook_addresses.address,
        fields=setup.FIELDS, check=setup.check,
        guide="channels/email/guide.html", more=state.of, said=wording.said,
        test_to=reaching.of_member, address=reaching.address,
        has_subject=True, has_html=True, carries=composing.carries,
        headers=composing.unsubscribing, at_once=4,
    )  # fmt: skip
    channels.register(channel.key, channel)

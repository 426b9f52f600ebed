"""The form as a channel: messages arrive by it, and none leaves; who wrote is answered by e-mail or SMS."""

from uuid import UUID

from frontdesk.channels.registry import Channel, Reach, channels
from frontdesk.core.text import gettext_lazy as _lazy

FORM = "form"


def _nowhere(client_ids: list[UUID]) -> dict[UUID, list[Reach]]:
    return {}


def _nothing_missing(settings) -> str:
    return ""


def register() -> None:
    """Called once at start-up."""
    channels.register(
        FORM,
        Channel(
            FORM,
            _lazy("Inquiry form"),
            "forms",
            _nowhere,
            _nothing_missing,
            order=40,
            text=_lazy("By the inquiry form"),
        ),
    )

"""What accounts keep from clients in the portal."""

from frontdesk.clients.options import portal_options
from frontdesk.core.options import Option
from frontdesk.core.text import gettext_lazy as _lazy

from . import permissions

MESSAGES = Option(
    "messages",
    _lazy("Messages"),
    _lazy("Write with those who serve them, and with admins."),
    frozenset({permissions.READ, permissions.WRITE}),
    default=True,
    order=15,
)


def register() -> None:
    """Called once at start-up."""
    portal_options.register(MESSAGES.key, MESSAGES)

"""Where channels plug into lower domains."""

from frontdesk.core.registry import SettingsPage, settings_pages
from frontdesk.core.text import gettext_lazy as _lazy

from . import email, erasing, notices, permissions, sms
from .actions.settings import TEST
from .registry import Cause, causes

PAGES = [
    SettingsPage(
        "channels", _lazy("Channels"), "channels:list", "message-2", permissions.VIEW, 300, "clients",
        _lazy("How messages leave and arrive: e-mail, SMS"),
    ),
    SettingsPage(
        "outbox", _lazy("Outbox"), "channels:outbox", "send", permissions.OUTBOX, 310, "clients",
        _lazy("What was sent, waits, failed or is kept"),
    ),
]  # fmt: skip


def register() -> None:
    """Called once at start-up."""
    causes.register(TEST, Cause(TEST, _lazy("Test message")))
    erasing.register()
    notices.register()
    for one in PAGES:
        settings_pages.register(one.key, one)
    email.register()
    sms.register()

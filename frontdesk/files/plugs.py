"""Where files plug into lower domains."""

from frontdesk.core.registry import SettingsPage, settings_pages
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.ui.jinja import GLOBALS

from . import permissions
from .limits import limits

LIMITS = SettingsPage(
    "files", _lazy("Files"), "files:limits", "paperclip", permissions.LIMITS, order=60, group="business",
    text=_lazy("Which types may be uploaded, and how large they may be"),
)  # fmt: skip


def register() -> None:
    """Called once at start-up."""
    settings_pages.register(LIMITS.key, LIMITS)
    GLOBALS["file_limits"] = limits

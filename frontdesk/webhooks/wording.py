"""Why a message was not delivered, in words."""

from frontdesk.core.text import gettext_lazy as _lazy

ERRORS = {
    "address": _lazy("This is not an address that can be called."),
    "https": _lazy("The address must begin with https://."),
    "name": _lazy("The name of the address leads nowhere."),
    "private": _lazy("The address leads into a private network."),
    "connection": _lazy("No connection could be made, or it broke."),
    "certificate": _lazy("The certificate of the other side is not valid."),
    "late": _lazy("The other side took too long."),
    "garbage": _lazy("The answer was not HTTP."),
    "redirect": _lazy("The other side redirects; redirects are not followed."),
    "secret": _lazy("The secret cannot be read with this installation's key: make a new one."),
    "off": _lazy("The webhook was switched off before."),
    "gone": _lazy("What it was about is no longer there."),
}


def error_text(key: str) -> str:
    """The sentence of an error; "" for none."""
    return str(ERRORS[key]) if key in ERRORS else ""

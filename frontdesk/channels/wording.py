"""Why a message did not go, in plain words."""

from frontdesk.core.text import gettext_lazy as _lazy

REASONS = {
    "setup": _lazy("The channel was not set up when it was written."),
    "address": _lazy("There is no such address or number, or it cannot get such messages."),
    "opted_out": _lazy("The recipient told the carrier that they want no messages from this number."),
    "blocked": _lazy("The carrier or the provider blocked it."),
    "content": _lazy("The provider does not take the text."),
    "long": _lazy("The text is too long."),
    "unsubscribed": _lazy("%(The_client)s unsubscribed before it left."),
    "inactive": _lazy("%(The_client)s is inactive and gets no messages."),
    "rejected": _lazy("The provider refused it."),
    "files": _lazy("Its files are being checked, or are gone."),
    "file_refused": _lazy("One of its files was refused by the check."),
    "unreachable": _lazy("The provider cannot be reached."),
    "certificate": _lazy("The connection to the provider would not be safe: its certificate is not right."),
    "private": _lazy("The address of the provider is in a private network, which is not called from here."),
    "provider": _lazy("The provider has a problem of its own."),
    "busy": _lazy("The provider asks to send more slowly."),
    "credentials": _lazy("The provider does not accept the account or its secret."),
    "sender": _lazy("The provider does not let this number or address send."),
    "garbage": _lazy("The provider's answer makes no sense. Is its address right?"),
    "unsure": _lazy("It is being found out whether the provider has it."),
    "error": _lazy("Something went wrong here. The log says more."),
    "hostile": _lazy("It was built to do harm."),
}


def said(code: str) -> str:
    """A reason in the reader's language; "" for none."""
    return str(REASONS.get(code, REASONS["rejected"])) if code else ""

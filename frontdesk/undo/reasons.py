"""Why a record was left as it was."""

from frontdesk.core.text import gettext_lazy as _lazy

CHANGED, GONE, BACK, TAKEN = "changed", "gone", "back", "taken"
REASONS = {
    CHANGED: _lazy("It was changed since."),
    GONE: _lazy("Something that it needs is no longer there."),
    BACK: _lazy("It is there again already."),
    TAKEN: _lazy("Something that must be unique was taken since, such as its reference."),
}


def said(reasons: list[str]) -> str:
    """Reasons as one text; keys become sentences in the language in use."""
    return " ".join(str(REASONS.get(reason, reason)) for reason in reasons)

"""A short message on the next page, with an optional way back."""

import json

from django.contrib import messages

from frontdesk.core.errors import Invalid

LEVELS = {
    "success": messages.SUCCESS,
    "info": messages.INFO,
    "warning": messages.WARNING,
    "error": messages.ERROR,
}


def flash(request, text, *, level: str = "success", undo: str = "", undo_label: str = "") -> None:
    """Show `text` on the next page; `undo` is an address that is posted to when the reader takes it back."""
    extra = json.dumps({"href": undo, "label": str(undo_label)}) if undo else ""
    messages.add_message(request, LEVELS[level], text, extra_tags=extra, fail_silently=True)


def flash_refusal(request, refused: Invalid) -> None:
    """Show what a verb refused on the next page."""
    flash(request, " ".join(str(said) for reasons in refused.errors.values() for said in reasons), level="error")


def shown(request) -> list[dict]:
    """The messages of this request as {level, text, undo}, and forget them; undo is {href, label} or None."""
    return [_row(message) for message in messages.get_messages(request)]


def _row(message) -> dict:
    extra = message.extra_tags or ""
    undo = json.loads(extra) if extra.startswith("{") else None
    return {"level": message.level_tag, "text": message.message, "undo": undo}

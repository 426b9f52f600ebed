"""What pages of messages read from a request."""

from datetime import datetime

from django.utils import timezone

from frontdesk.core.errors import Invalid
from frontdesk.core.text import gettext as _
from frontdesk.ui.formats import date_time


def wants_part(request) -> bool:
    """Whether only a part of the page was asked for by a script."""
    return bool(request.headers.get("HX-Request"))


def query(request) -> str:
    """The query of the address with its question mark, "" without one."""
    asked = request.META.get("QUERY_STRING", "")
    return f"?{asked}" if asked else ""


def number(text: str) -> int | None:
    """A message's number from an address; None for anything else."""
    return int(text) if text.isdecimal() and len(text) < 19 else None


def send_time(values) -> datetime | None:
    """When a message is to leave, None for at once: a time that was filled in holds whichever button was pressed.

    Raises Invalid.
    """
    send_at = time_of(values.get("send_at", ""))
    if send_at is None and values.get("later"):
        raise Invalid({"send_at": [_("Choose a date and a time.")]})
    return send_at


def leaves(draft) -> str:
    """In words, when a message leaves that waits."""
    return _("Leaves on %(time)s", time=date_time(draft.send_at, "MMMEd"))


def time_of(text: str) -> datetime | None:
    """The moment of a field of type datetime-local, in the reader's zone; None when it is empty. Raises Invalid."""
    if not text:
        return None
    try:
        return timezone.make_aware(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        raise Invalid({"send_at": [_("Choose a date and a time.")]}) from None

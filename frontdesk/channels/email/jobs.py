"""Looking through mailboxes, in the background and in threads of its own."""

from frontdesk.core.jobs.registry import every, job
from frontdesk.core.text import gettext_lazy as _lazy

from . import mailboxes


@every("channels.mailboxes", seconds=15)
def look_around() -> None:
    """Have mailboxes read whose time has come."""
    mailboxes.look_around()


@job(mailboxes.READ, attempts=1, lane="mailboxes", label=_lazy("Looking through the mailbox"))
def read() -> None:
    """Read what is new in the account's mailbox."""
    mailboxes.read()

"""What can be done with an account's mailbox."""

from django.db import transaction

from .. import permissions, queries
from ..access import require
from . import mailboxes, setup


def look_now(actor) -> bool:
    """Have the mailbox looked through now, to try it out; False where none is set up. Raises Forbidden."""
    require(actor, permissions.CONFIGURE)
    settings = queries.settings_row("email")
    if settings is None or not settings.enabled or settings.config.get("receiving") != setup.IMAP:
        return False
    with transaction.atomic():
        mailboxes.look()
    return True

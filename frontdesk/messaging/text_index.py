"""Keeping what search finds of messages: called by the actions that change one, in their transaction."""

from collections.abc import Iterable

from django.db import transaction

from frontdesk.core.fold import fold
from frontdesk.core.tenancy.context import account_context, across_accounts
from frontdesk.search.texts import TextIndex

from .models import Message

TEXTS = TextIndex("messaging_text", "folded")
LONGEST = 4000
ROWS_AT_ONCE = 2000


def folded(text: str) -> str:
    """A message's plain text as search compares it; what is beyond the first 4,000 characters is not found."""
    return fold(text)[:LONGEST]


def change(message: Message, text: str) -> None:
    """Set what a message is found by, "" for nothing; the caller saves the message."""
    if message.folded:
        TEXTS.remove([(message.document, message.folded)])
    message.folded = folded(text)
    if message.folded:
        TEXTS.add([(message.document, message.folded)])


def forget(messages: Iterable[tuple[int, str]]) -> None:
    """Take messages out, given as pairs of document and folded text, that are about to go."""
    TEXTS.remove(row for row in messages if row[1])


def rebuild() -> None:
    """Fill SQLite's empty text index from the messages of all accounts, after a backup was restored."""
    with across_accounts():
        accounts = list(Message.objects.values_list("account_id", flat=True).distinct().order_by())
    for account_id in accounts:
        with account_context(account_id), transaction.atomic():
            rows = Message.objects.exclude(folded="").values_list("document", "folded")
            TEXTS.add(rows.iterator(ROWS_AT_ONCE))

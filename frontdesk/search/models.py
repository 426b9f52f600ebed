"""The search index: one row for everything that can be found."""

from django.db import models

from frontdesk.core.ids import uuid7
from frontdesk.core.tenancy.models import TenantModel


def document_number(entry_id) -> int:
    """A 63-bit number, ordered by time, for SQLite's full-text index, which knows whole numbers only.

    The 41 low bits of the UUID's milliseconds (good until 2039 without repeating since 1970), its 12-bit counter
    and 10 random bits.
    """
    value = entry_id.int
    milliseconds = (value >> 80) & ((1 << 41) - 1)
    return (milliseconds << 22) | (((value >> 64) & 0xFFF) << 10) | ((value >> 40) & 0x3FF)


_MARKS = range(0xE000, 0xF900)


def account_mark(account_id) -> str:
    """Three characters that nobody types (Unicode's private use area), nearly always others for another account.

    SQLite's text index holds all accounts; with the mark among what must occur, it passes over the other accounts'
    entries by itself.
    """
    number, size = account_id.int, len(_MARKS)
    return "".join(chr(_MARKS[number // size**place % size]) for place in range(3))


class SearchEntry(TenantModel):
    """How a thing is found: `text` is folded and matched anywhere, `sort_key` is the folded title.

    `object_id` and `client_id` are plain identifiers, since what is indexed lives in higher domains.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.BigIntegerField()
    kind = models.CharField(max_length=30)
    object_id = models.UUIDField()
    client_id = models.UUIDField(null=True)
    title = models.CharField(max_length=200)
    detail = models.CharField(max_length=200, blank=True)
    sort_key = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "kind", "object_id"], name="search_object"),
            models.UniqueConstraint(fields=["account", "document"], name="search_document"),
        ]
        indexes = [models.Index(fields=["account", "sort_key"], name="search_prefix")]

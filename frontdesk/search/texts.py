"""Texts that are found by any part of any word: what the indexes of the databases have in common.

A table with folded texts has a column of 63-bit numbers (`models.document_number`) and, on SQLite, a full-text table of
trigrams beside it, which `TextIndex` keeps; PostgreSQL indexes the column of texts itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from frontdesk.core.fold import fold
from frontdesk.core.phones import digits
from frontdesk.core.tenancy.context import current_account_id

from .models import account_mark

SHORTEST = 3
LONGEST = 100


@dataclass(frozen=True)
class TextIndex:
    """SQLite's full-text table of that name, with that column; on other databases nothing has to be kept."""

    table: str
    column: str = "text"

    def add(self, rows: Iterable[tuple[int, str]]) -> None:
        """Index new texts: pairs of number and folded text, of the account in context."""
        self._write(f"INSERT INTO {self.table}(rowid, {self.column}) VALUES(%s, %s)", rows)

    def remove(self, rows: Iterable[tuple[int, str]]) -> None:
        """Forget texts, given exactly as they were added."""
        self._write(f"INSERT INTO {self.table}({self.table}, rowid, {self.column}) VALUES('delete', %s, %s)", rows)

    def _write(self, sql: str, rows: Iterable[tuple[int, str]]) -> None:
        if connection.vendor != "sqlite":
            return
        mark = account_mark(current_account_id())
        marked = [(document, f"{text}\n{mark}") for document, text in rows]
        if marked:
            with connection.cursor() as cursor:
                cursor.executemany(sql, marked)


def words_of(query: str) -> list[str]:
    """The folded words of a query; what looks like a phone number becomes one word of digits."""
    folded = fold(query.replace("\0", ""))[:LONGEST]
    number = digits(folded)
    if len(number) >= SHORTEST and not any(c.isalpha() or c == "@" for c in folded):
        return [number.removeprefix("00").lstrip("0") or number]
    return [word for word in folded.split(" ") if word and word != "|"]


def trigrams(words: list[str]) -> str:
    """The words as a query of SQLite's trigram index without positions: all trigrams and the account's mark occur."""
    grams = {word[i : i + 3] for word in words for i in range(len(word) - 2)}
    grams.add(account_mark(current_account_id()))
    return " ".join('"' + gram.replace('"', '""') + '"' for gram in sorted(grams))


def like(word: str) -> str:
    """A pattern of LIKE for texts that contain a word, with `\\` as the escape."""
    return "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"

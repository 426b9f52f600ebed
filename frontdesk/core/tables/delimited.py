"""Text tables: separated values in any common encoding, a row at a time."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from .cells import clean_text
from .encodings import detect_encoding
from .limits import Limits
from .unreadable import Unreadable

SEPARATORS = ",;\t|"
_SAMPLE_LINES = 200
_SAMPLE_CHARACTERS = 1 << 17
_LONGEST_LINE = 1 << 23
_HINT = re.compile(r'"?sep=([,;\t|])"?\s*', re.IGNORECASE)
# Fed after the last line: it comes out alone, or inside the cell whose quotation mark was never closed.
_END = "\0"
# Latin-2 has only the cedilla forms; of the languages written with it, Romanian alone uses them, for these.
_COMMA_BELOW = str.maketrans("ŞşŢţ", "ȘșȚț")
_CEDILLA_ENCODINGS = ("cp1250", "iso-8859-2")


class DelimitedFile:
    """A text table on disk: `encoding`, `separator`, and its rows."""

    def __init__(self, path: str, limits: Limits):
        self.path = path
        self.limits = limits
        self.encoding = detect_encoding(path)
        sample = self._sample()
        hint = _HINT.fullmatch(sample[0]) if sample else None
        self.has_hint = bool(hint)
        self.separator = hint[1] if hint else detect_separator(sample)

    def rows(self) -> Iterator[tuple[int, list[str | None]]]:
        """Row number (from 1, as a spreadsheet program counts) and clean cells; empty rows are left out.

        Raises Unreadable.
        """
        csv.field_size_limit(self.limits.cell_characters)
        number = 0
        try:
            reader = csv.reader(self._lines(), delimiter=self.separator)
            for number, cells in enumerate(reader, 1):
                if number == 1 and self.has_hint or cells == [_END]:
                    continue
                if any(row := [clean_text(cell) for cell in cells]):
                    yield number, row
        except csv.Error as error:
            raise Unreadable("cell_too_long", row=number + 1, limit=self.limits.cell_characters) from error
        except UnicodeDecodeError as error:
            raise Unreadable("unknown_encoding", row=number + 1) from error
        except Unreadable as refused:
            # Every other NUL was refused with the encoding: this one is the end mark within quotes.
            if refused.code == "nul_characters":
                raise Unreadable("unclosed_quote", row=number) from refused
            raise

    def _lines(self) -> Iterator[str]:
        yield from self._text_lines()
        yield _END

    def _text_lines(self) -> Iterator[str]:
        cedilla = self.encoding in _CEDILLA_ENCODINGS
        with open(self.path, encoding=self.encoding, newline="") as file:
            for number, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), ""), 1):
                if len(line) == _LONGEST_LINE:
                    raise Unreadable("cell_too_long", row=number, limit=self.limits.cell_characters)
                yield line.translate(_COMMA_BELOW) if cedilla else line

    def _sample(self) -> list[str]:
        lines, characters = [], 0
        for line in islice(self._text_lines(), _SAMPLE_LINES):
            lines.append(line)
            characters += len(line)
            if characters > _SAMPLE_CHARACTERS:
                break
        return lines


def detect_separator(lines: list[str]) -> str:
    """The separator that cuts the heading row and most of the sampled rows into the same number of cells."""
    scores = {separator: _agreement(lines, separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=scores.__getitem__)
    return best if scores[best] > (0, 0) else ","


def _agreement(lines: list[str], separator: str) -> tuple[float, int]:
    """How large a part of the rows is as wide as the headings, and how wide that is."""
    csv.field_size_limit(_SAMPLE_CHARACTERS * 2)
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator) if any(row)]
    except csv.Error:
        return (0, 0)
    if not widths or widths[0] < 2:
        return (0, 0)
    # Only a large difference speaks: a few ragged rows must not outweigh many more columns.
    return round(Counter(widths)[widths[0]] / len(widths), 1), widths[0]

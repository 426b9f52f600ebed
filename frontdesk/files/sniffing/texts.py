"""Whether a file is text."""

import codecs
from pathlib import Path

_BLOCK = 256 * 1024
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 27}
_FORBIDDEN = bytes(_CONTROLS)


def is_text(path: Path) -> bool:
    """Whether all of it can be read as text: UTF-8, UTF-16 with its mark, or one byte a letter."""
    with path.open("rb") as file:
        wide = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return _is_wide(path) if wide else _has_no_controls(path)


def _has_no_controls(path: Path) -> bool:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            if len(block.translate(None, _FORBIDDEN)) != len(block):
                return False
    return True


def _is_wide(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-16")()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                if "\0" in decoder.decode(block):
                    return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True

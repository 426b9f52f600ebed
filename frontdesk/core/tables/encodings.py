"""Which encoding a text table is in.

UTF-8 and UTF-16 are certain or not at all. Among the one-byte encodings every reading is possible, so each
is scored by how much its letters look like words of the languages that were written with it.
"""

import codecs
import re
from collections.abc import Iterable

from .unreadable import Unreadable

_CHUNK = 1 << 18
_SAMPLE_BYTES = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# In order of likelihood: an equal score goes to the first.
_ONE_BYTE = {
    "cp1252": "fr de es pt it nordic",
    "cp1250": "ro hu pl cs hr de",
    "iso-8859-2": "ro hu pl cs hr de",
    "iso-8859-16": "ro fr hu pl de",
    "iso-8859-15": "fr de es pt it nordic",
    "mac-roman": "fr de es pt it nordic",
}
_LETTERS = {
    "fr": "àâæçéèêëîïôœùûüÿ",
    "de": "äöüß",
    "es": "áéíñóúü",
    "pt": "áâãàçéêíóôõú",
    "it": "àèéìíòóùú",
    "nordic": "åäöæøé",
    "ro": "ăâîșțşţ",
    "hu": "áéíóöőúüű",
    "pl": "ąćęłńóśźż",
    "cs": "áčďéěíňóřšťúůýžľĺŕôä",
    "hr": "čćđšž",
}
_SIGNS = set("€–—‘’‚“”„«»°…•·№§©®™£²³½¼¿¡´ªº")
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_NASAL = re.compile("[ãõ](?![oe])(?=[a-z])")
_PART = re.compile(r"[^\W\d_]+")
_LEAST_PLAUSIBLE = 0.6
_LATIN_ACCENTS = 0.7
_SHORT_WORD = 3


def detect_encoding(path: str) -> str:
    """The name of the codec that reads the file.

    Raises Unreadable with "nul_characters" or "unknown_encoding" and the row.
    """
    with open(path, "rb") as file:
        head = file.read(_CHUNK)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None) or _unmarked_utf16(head)
    fault = _first_fault(path, marked or "utf-8")
    if fault is None:
        return marked or "utf-8"
    if marked:
        raise Unreadable("unknown_encoding", row=fault)
    return _one_byte_encoding(path, fault)


def _unmarked_utf16(head: bytes) -> str | None:
    """Text of Western letters in UTF-16 has a zero in almost every second byte."""
    half = len(head) // 2
    zeros = head[: 2 * half : 2].count(0), head[1 : 2 * half : 2].count(0)
    for place, name in enumerate(("utf-16-be", "utf-16-le")):
        if half and zeros[place] > 0.7 * half and zeros[1 - place] < 0.05 * half:
            return name
    return None


def _first_fault(path: str, encoding: str) -> int | None:
    """The first line that the codec cannot read, None when it reads all.

    Raises Unreadable("nul_characters").
    """
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    with open(path, "rb") as file:
        for chunk in iter(lambda: file.read(_CHUNK), b""):
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return line + chunk[: error.start].count(b"\n")
            if "\0" in text:
                raise Unreadable("nul_characters", row=line + text[: text.index("\0")].count("\n"))
            line += text.count("\n")
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return line
    return None


def _one_byte_encoding(path: str, fault: int) -> str:
    words, used = _foreign_words(path)
    if _mostly_utf8(words):
        raise Unreadable("unknown_encoding", row=fault)
    if _is_other_script(words):
        return _guessed_encoding(words) or "cp1252"
    scores = {name: _score(name, words) for name in _ONE_BYTE if _decodes(name, used)}
    best = max(scores, key=scores.__getitem__, default=None)
    if best and scores[best] >= _LEAST_PLAUSIBLE * len(words):
        return best
    return _guessed_encoding(words) or best or "cp1252"


def _foreign_words(path: str) -> tuple[list[bytes], bytes]:
    """The distinct words with letters beyond ASCII, up to a sample's length, and every byte of the file."""
    words: dict[bytes, None] = {}
    used, line, length = b"", 1, 0
    with open(path, "rb") as file:
        for chunk in iter(lambda: file.read(_CHUNK), b""):
            if b"\0" in chunk:
                raise Unreadable("nul_characters", row=line + chunk[: chunk.index(b"\0")].count(b"\n"))
            line += chunk.count(b"\n")
            used += bytes(set(chunk.translate(None, used)))
            if length < _SAMPLE_BYTES:
                found = _WORD.findall(chunk)
                length += sum(map(len, found))
                words.update(dict.fromkeys(found))
    return list(words), used


def _mostly_utf8(words: Iterable[bytes]) -> bool:
    """A UTF-8 file with a few broken letters: another encoding would garble all the others without a word."""
    text = b" ".join(words).decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(letter > "\x7f" for letter in text) - broken > broken


def _decodes(encoding: str, used: bytes) -> bool:
    try:
        text = used.decode(encoding)
    except UnicodeDecodeError:
        return False
    return not any("\x80" <= letter <= "\x9f" for letter in text)


def _score(encoding: str, words: list[bytes]) -> float:
    """The words that look right, in the language of this encoding that suits them best."""
    texts = [word.decode(encoding) for word in words]
    return max(
        sum(_word_score(text, alphabet) for text in texts)
        for alphabet in (_LETTERS[language] for language in _ONE_BYTE[encoding].split())
    )


def _word_score(word: str, alphabet: str) -> float:
    """1 for words of the language, less for letters of others, below 0 for what no word looks like."""
    foreign = [letter for letter in word if letter > "\x7f" and not letter.isalpha()]
    if any(letter not in _SIGNS for letter in foreign):
        return -1
    parts = [part for part in _PART.findall(word) if not part.isascii()]
    return min((_part_score(part, alphabet) for part in parts), default=0.5)


def _part_score(word: str, alphabet: str) -> float:
    if not (word.isupper() or word[1:].islower() or word.istitle() or len(word) == 1):
        return -1
    if _NASAL.search(word):
        return 0.2
    foreign = [letter for letter in word if letter > "\x7f"]
    return sum(1 if letter.lower() in alphabet else 0.3 for letter in foreign) / len(foreign)


def _is_other_script(words: list[bytes]) -> bool:
    """Where most letters are beyond ASCII, it is not Latin with accents."""
    text = b"".join(word for word in words if len(word) > _SHORT_WORD)
    return sum(byte > 127 for byte in text) > _LATIN_ACCENTS * len(text)


def _guessed_encoding(words: list[bytes]) -> str | None:
    """Other scripts (Cyrillic, Greek, Turkish, East Asian) by the statistics of charset-normalizer."""
    # Here, because its import takes as long as reading a small file and few files need it.
    from charset_normalizer import from_bytes

    guess = from_bytes(b"\n".join(words)).best()
    return guess.encoding if guess else None

"""What old mail programs wrap into plain text: broken lines (RFC 3676) and uuencoded files."""

import binascii
import re

_BEGIN = re.compile(r"^begin [0-7]{3,4} (\S[^\n]{0,200})$", re.M)
_MOST = 20
# Places that look like the beginning of a file; what comes after so many of them stays text.
_MOST_TRIES = 60


def flowed(text: str, delete_space: bool) -> str:
    """Lines that were broken to fit a screen, whole again; quoted ones stay as they are."""
    made: list[str] = []
    joins = False
    for line in text.split("\n"):
        quoted = line.startswith(">")
        line = line[1:] if line.startswith(" ") else line
        if joins and not quoted and line != "-- ":
            made[-1] += line
        else:
            made.append(line)
        joins = not quoted and line.endswith(" ") and line != "-- "
        if joins and delete_space:
            made[-1] = made[-1][:-1]
    return "\n".join(made)


def without_uuencoded(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """The text without files that are written into it, and those files."""
    if "\nbegin " not in f"\n{text}":
        return text, []
    kept: list[str] = []
    files: list[tuple[str, bytes]] = []
    position = tries = 0
    while len(files) < _MOST and tries < _MOST_TRIES and (found := _BEGIN.search(text, position)):
        tries += 1
        end = text.find("\nend", found.end())
        content = _decoded(text[found.end() + 1 : end]) if end >= 0 else None
        if content is None:
            kept.append(text[position : found.end()])
            position = found.end()
            continue
        kept.append(text[position : found.start()])
        files.append((found[1].strip(), content))
        position = end + 4
    return "".join(kept) + text[position:], files


def _decoded(lines: str) -> bytes | None:
    try:
        return b"".join(binascii.a2b_uu(line.encode("ascii")) for line in lines.split("\n") if line)
    except (binascii.Error, UnicodeError, ValueError):
        return None

"""Names of files as strangers give them, made fit to be shown, sent and unpacked anywhere."""

import re
import unicodedata

from frontdesk.core.fold import clean

LONGEST = 150
LONGEST_BYTES = 200
LONGEST_EXTENSION = 12
FALLBACK = "file"
# Marks that have no width or turn the direction of what follows them, beyond those that `clean` takes out.
_INVISIBLE = re.compile("[\u200b-\u200f\u061c\u2028\u2029\u2060-\u2064\u206a-\u206f\ufff9-\ufffb\U000e0000-\U000e007f]")
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)


def extension_of(name: str) -> str:
    """The extension in lower case without its dot; "" when there is none."""
    stem, dot, found = name.rpartition(".")
    return found.lower() if dot and stem and len(found) <= LONGEST_EXTENSION else ""


def clean_name(given: str) -> str:
    """A name without folders, controls, invisible marks and what some systems refuse; the extension stays."""
    last = re.split(r"[/\\]", str(given).replace("\0", ""))[-1]
    name = _INVISIBLE.sub("", clean(last))
    name = _FORBIDDEN.sub("_", name).strip(" .") or FALLBACK
    if _RESERVED.fullmatch(name.partition(".")[0].strip()):
        name = f"_{name}"
    return _shortened(name)


def with_extension(name: str, extension: str) -> str:
    """The name with another extension."""
    stem = name.rpartition(".")[0] or name
    return _shortened(f"{stem}.{extension}")


def _shortened(name: str) -> str:
    extension = extension_of(name)
    tail = f".{name[-len(extension) :]}" if extension else ""
    stem = name[: len(name) - len(tail)][: LONGEST - len(tail)]
    while len((stem + tail).encode()) > LONGEST_BYTES:
        stem = stem[:-1]
    # A letter must not lose the accent that stands behind it, nor begin with one.
    while stem and unicodedata.combining(stem[-1]) and len(stem) + len(tail) >= LONGEST:
        stem = stem[:-1]
    return (stem.rstrip(" .") or FALLBACK) + tail


def unique_names(names: list[str]) -> list[str]:
    """The names with a number behind those that occur again, whatever their case."""
    taken: set[str] = set()
    made = []
    for name in names:
        candidate, number = name, 1
        while candidate.casefold() in taken:
            number += 1
            stem, dot, tail = name.rpartition(".")
            candidate = f"{stem} ({number}).{tail}" if dot and stem else f"{name} ({number})"
        taken.add(candidate.casefold())
        made.append(candidate)
    return made

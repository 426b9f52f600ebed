"""The topics: one file each in `texts/<language>/<topic>.md`, English where a language lacks one.

The head of the English file names the pages (routes) that the topic is for, and its readers: `everyone`, `portal`,
`team` or `office`. Texts speak the account's words by the same placeholders as all others.
"""

import functools
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language, to_locale

from frontdesk.core import text

FOLDER = Path(__file__).resolve().parent / "texts"


@dataclass(frozen=True)
class Source:
    """A file of one language as it is written."""

    title: str
    body: str
    readers: str = "everyone"
    pages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Topic:
    """A topic in the reader's language, with the account's words."""

    key: str
    title: str
    body: str


def _parsed(path: Path) -> Source:
    head, _line, body = path.read_text(encoding="utf-8").partition("\n\n")
    values = dict(line.split(": ", 1) for line in head.splitlines())
    return Source(values["title"], body.strip(), values.get("for", "everyone"), tuple(values.get("pages", "").split()))


def _own_places() -> list[Path]:
    """Where an installation keeps texts of its own, which go before those of the product."""
    return [Path(settings.DATA_DIR) / "help"]


@functools.cache
def written(language: str) -> dict[str, Source]:
    """Topic -> what its file in the language says; nothing for a language without texts."""
    codes = (language.partition("-")[0], to_locale(language))
    folders = [place / code for place in (FOLDER, *_own_places()) for code in codes]
    return {path.stem: _parsed(path) for folder in folders for path in sorted(folder.glob("*.md"))}


@functools.cache
def _topics_of_pages() -> dict[str, str]:
    return {page: key for key, source in written("en").items() for page in source.pages}


def all_keys() -> list[str]:
    """All topics, by key."""
    return sorted(written("en"))


def key_of_page(route: str) -> str:
    """The topic of a page by the name of its route; "" when it has none."""
    return _topics_of_pages().get(route, "")


def readers_of(key: str) -> str:
    """Whom a topic is for; raises KeyError for none."""
    return written("en")[key].readers


def topic(key: str) -> Topic:
    """A topic in the language in use; raises KeyError for an unknown one."""
    source = written(get_language() or "en").get(key) or written("en")[key]
    return Topic(key, source.title % text.words(), source.body % text.words())

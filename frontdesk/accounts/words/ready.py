"""What a language brings besides its built-in words: ready-made sets for kinds of business, and example sentences.

`word_sets.json` in the language's folder holds them. A language without the file has no set of its own.
"""

import functools
import json
from pathlib import Path

from django.conf import settings
from django.utils.translation import to_locale

from frontdesk.core.words import TERMS

from .grammar import bend

Words = dict[str, dict[str, dict[str, str]]]


@functools.cache
def _brought(language: str) -> dict:
    for code in (to_locale(language), language.partition("-")[0]):
        for folder in settings.LOCALE_PATHS:
            path = Path(folder) / code / "word_sets.json"
            if path.exists():
                return json.loads(path.read_text(encoding="utf-8"))
    return {"sets": {}, "examples": []}


def languages() -> list[str]:
    """The languages that people can choose."""
    return [code for code, _name in settings.LANGUAGES]


def set_keys() -> list[str]:
    """The keys of the ready-made sets, in the order in which they are offered."""
    return list(_brought("en")["sets"])


def _bent(language: str, forms: dict[str, str]) -> dict[str, str]:
    return {**bend(language, forms["one"], forms["many"], forms.get("gender", "")), **forms}


def ready_words(key: str) -> Words:
    """Language -> term -> forms of a ready-made set, for every language that knows it; raises KeyError for no set."""
    if key not in set_keys():
        raise KeyError(key)
    known = {code: _brought(code)["sets"].get(key) for code in languages()}
    return {
        code: {term: _bent(code, terms[term]) for term in TERMS if term in terms}
        for code, terms in known.items()
        if terms
    }


def examples(language: str) -> list[str]:
    """Sentences with placeholders that show a language's words in use; English ones where it brings none."""
    return _brought(language)["examples"] or _brought("en")["examples"]

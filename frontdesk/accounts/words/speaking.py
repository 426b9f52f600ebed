"""Hearing words before they are saved."""

from collections.abc import Mapping

from django.utils import translation

from frontdesk.core import text
from frontdesk.core.reader import in_language
from frontdesk.core.words import default_words

from . import ready


def _said(language: str) -> list[str]:
    with in_language(language):
        return [example % text.words() for example in ready.examples(language)]


def heard(words: Mapping) -> dict[str, list[str]]:
    """Language -> its example sentences with these words."""
    token = text.use_words(words)
    try:
        return {code: _said(code) for code in ready.languages()}
    finally:
        text.release_words(token)


def set_labels() -> list[dict]:
    """The ready-made sets, each named by its own words in the language in use: [{key, words}]."""
    language = translation.get_language() or "en"
    return [{"key": key, "words": _plurals(ready.ready_words(key), language)} for key in ready.set_keys()]


def _plurals(words: Mapping, language: str) -> list[str]:
    known = words.get(language) or words["en"]
    return [forms["many"] for forms in known.values()]


def built_in() -> list[str]:
    """The built-in words in the language in use."""
    return [forms["many"] for forms in default_words(translation.get_language() or "en").values()]

"""Translated text that speaks the account's own words.

`_("Add %(a_client)s")` is translated, then filled with the words of the account in the language in use,
so that a school reads "Add a student". A literal percent sign is written `%%`.
Forms of a term: `client` one, `clients` many, `Client`/`Clients` at the start of a sentence, and with the
article that the language puts before or after it: `a_client`, `the_client`, `of_the_client`,
`the_clients`, `of_the_clients`.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from functools import lru_cache
from types import MappingProxyType

from django.utils import translation
from django.utils.functional import lazy

from . import reader
from .words import default_words

_Words = Mapping[str, Mapping[str, Mapping[str, str]]]
_built: dict[tuple, dict[str, str]] = {}
_BUILT_LIMIT = 512
_KEPT_MESSAGES = 8192


class _Spoken:
    """An account's own words with the placeholders that each language has needed so far."""

    __slots__ = ("by_language", "custom")

    def __init__(self, custom: _Words):
        self.custom = custom
        self.by_language: dict[str, dict[str, str]] = {}


_custom: ContextVar[_Spoken] = ContextVar("custom_words", default=_Spoken(MappingProxyType({})))  # noqa: B039 no state but a cache


def use_words(custom: Mapping | None):
    """Set an account's own words (language -> term -> form -> text) for the current context; returns a token."""
    return _custom.set(_Spoken(custom or {}))


def release_words(token) -> None:
    """End what `use_words` began."""
    _custom.reset(token)


def _build(language: str, custom: Mapping) -> dict[str, str]:
    words: dict[str, str] = {}
    for term, forms in default_words(language).items():
        for form, text in _own_forms(custom.get(term, {}), forms).items():
            key = form.replace("many", f"{term}s") if "many" in form else form.replace("one", term)
            words[key] = text
            words[key[:1].upper() + key[1:]] = text[:1].upper() + text[1:]
    return words


def _own_forms(own: Mapping, default: Mapping) -> Mapping:
    if not own.get("one"):
        return default
    many = own.get("many") or own["one"]
    return {form: own.get(form) or (many if "many" in form else own["one"]) for form in default}


def words() -> dict[str, str]:
    """Placeholder to word, for the account and the language in use."""
    language = reader.language()
    spoken = _custom.get()
    found = spoken.by_language.get(language)
    if found is None:
        found = spoken.by_language[language] = _known(words_key(), spoken.custom.get(language, {}))
    return found


def words_key() -> tuple[str, ...]:
    """What the words of the account and the language in use depend on; equal keys, equal words."""
    language = reader.language()
    custom = _custom.get().custom.get(language, {})
    return (language, repr(custom)) if custom else (language,)


def _known(key: tuple[str, ...], custom: Mapping) -> dict[str, str]:
    found = _built.get(key)
    if found is None:
        if len(_built) > _BUILT_LIMIT:
            _built.clear()
        found = _built[key] = _build(key[0], custom)
    return found


def _fill(text: str, variables: dict) -> str:
    if "%" not in text:
        return text
    return text % ({**words(), **variables} if variables else words())


@lru_cache(_KEPT_MESSAGES)
def _translated(language: str, message: str) -> str:
    with translation.override(language):
        return translation.gettext(message)


def translated(message: str) -> str:
    """The message in the language in use, its placeholders still to be filled."""
    return _translated(reader.language(), message)


def gettext(message: str, **variables) -> str:
    """The message in the language in use, filled with the account's words and `variables`."""
    return _fill(translated(message), variables)


def ngettext(singular: str, plural: str, num: int, **variables) -> str:
    """The form for `num` in the language in use; `%(num)s` is the number itself."""
    return _fill(translation.ngettext(singular, plural, num), {"num": num, **variables})


def pgettext(context: str, message: str, **variables) -> str:
    """As gettext, for a message that means different things in different places."""
    return _fill(translation.pgettext(context, message), variables)


_lazy_text = lazy(gettext, str)


def gettext_lazy(message: str, **variables):
    """As gettext, looked up when it is shown; `.message` is the source text, for variables known only later."""
    made = _lazy_text(message, **variables)
    made.message = message
    return made

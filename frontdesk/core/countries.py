"""Countries by their name in the reader's language."""

import functools

from babel import Locale
from django.utils import translation

from .fold import fold


@functools.lru_cache(maxsize=32)
def _choices(language: str) -> list[tuple[str, str]]:
    names = Locale.parse(language.replace("-", "_")).territories
    countries = [
        (code, name) for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in NOT_STATES
    ]
    return sorted(countries, key=lambda pair: fold(pair[1]))


NOT_STATES = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}


def country_choices() -> list[tuple[str, str]]:
    """(ISO 3166 code, name) sorted by name, in the language in use."""
    return _choices(translation.get_language() or "en")


def country_name(code: str) -> str:
    """The country's name in the language in use; the code when it is unknown."""
    return dict(country_choices()).get(code, code)

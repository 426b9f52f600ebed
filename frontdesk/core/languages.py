"""The languages on offer: every folder with a catalogue is one, so that a language is added without code."""

from pathlib import Path

from babel import Locale, UnknownLocaleError
from django.conf.locale import LANG_INFO


def language_name(code: str) -> str:
    """The language's own name, e.g. `Français`; the code when nobody knows it."""
    name = _known(code)
    return name[:1].upper() + name[1:]


def _known(code: str) -> str:
    """From Django's list where it has the language: Babel would read all it knows of every language for its name."""
    if code in LANG_INFO and "name_local" in LANG_INFO[code]:
        return LANG_INFO[code]["name_local"]
    try:
        return Locale.parse(code.replace("-", "_")).get_display_name() or code
    except (UnknownLocaleError, ValueError):
        return code


def available_languages(folders: list[Path]) -> list[tuple[str, str]]:
    """(code, own name) of English and of every language with `LC_MESSAGES/django.po` or `.mo`, sorted by name."""
    codes = {"en"}
    for folder in folders:
        for catalogue in Path(folder).glob("*/LC_MESSAGES/django.[mp]o"):
            codes.add(catalogue.parent.parent.name.replace("_", "-").lower())
    return sorted(((code, language_name(code)) for code in codes), key=lambda pair: pair[1])

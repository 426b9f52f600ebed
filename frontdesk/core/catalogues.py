"""Files of texts in a language: begun from those that the product brings, and compiled.

`pybabel compile` takes a translation for wrong when it uses another form of an account's word than the English text
does ("of the client" for "client"), which grammar often needs; tests/test_translations.py checks the placeholders.
"""

import shutil
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

OWN = Path(__file__).resolve().parents[1] / "locale"
# Any language of the product: its file has every text.
MODEL = "fr"
WORDS = ("words.json", "word_sets.json")


class UnknownLanguage(ValueError):
    """No language has that code."""


def _read(source: Path, language: str) -> Catalog:
    with source.open("rb") as texts:
        return read_po(texts, locale=language, domain="django", abort_invalid=True)


def compile_catalogue(source: Path, target: Path) -> None:
    """Turn a `.po` file into the `.mo` that is read; raises what Babel raises for a file that it cannot read."""
    catalogue = _read(source, source.parent.parent.name)
    with target.open("wb") as compiled:
        write_mo(compiled, catalogue)


def compile_all(folder: Path) -> list[Path]:
    """Compile every language in a folder; the files that were read."""
    sources = sorted(folder.glob("*/LC_MESSAGES/django.po"))
    for source in sources:
        compile_catalogue(source, source.with_suffix(".mo"))
    return sources


def _texts(language: str) -> Catalog:
    """Every text of the product, not translated yet."""
    made = Catalog(locale=language, domain="django", project="Frontdesk", copyright_holder="Frontdesk")
    for message in _read(OWN / MODEL / "LC_MESSAGES" / "django.po", MODEL):
        if message.id:
            made.add(message.id, None, context=message.context, flags=message.flags - {"fuzzy"})
    return made


def begin_language(folder: Path, code: str) -> Path:
    """Make a language's files, or add the texts of this version to those that are there; raises UnknownLanguage."""
    name = code.replace("-", "_")
    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        raise UnknownLanguage(code) from None
    texts, target = _texts(name), folder / name / "LC_MESSAGES" / "django.po"
    target.parent.mkdir(parents=True, exist_ok=True)
    for words in WORDS:
        if not (folder / name / words).exists() and (OWN / "en" / words).exists():
            shutil.copyfile(OWN / "en" / words, folder / name / words)
    if target.exists():
        present = _read(target, name)
        present.update(texts, no_fuzzy_matching=True)
        texts = present
    with target.open("wb") as file:
        write_po(file, texts, width=0, ignore_obsolete=True)
    return target

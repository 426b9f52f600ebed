"""Every text in every language: up to date, complete and fit to be filled (A6, X14)."""

import json
import os
import re
import shutil
import subprocess
import sys
from gettext import c2py
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.core.validators import EmailValidator
from django.utils import translation

from frontdesk.accounts.checks import password_faults
from frontdesk.accounts.models import User
from frontdesk.accounts.signin.adapter import SignInAdapter
from frontdesk.core import text, words

HOME = Path(__file__).resolve().parent.parent
LOCALE = HOME / "frontdesk" / "locale"
LANGUAGES = sorted(path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/django.po"))
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def catalogue_of(language: str, locale: Path = LOCALE) -> Catalog:
    with (locale / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def messages_of(language: str) -> list:
    return [message for message in catalogue_of(language) if message.id]


def forms(value) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def placeholders(*texts: str) -> set[str]:
    return {name for said in texts for name in PLACEHOLDER.findall(said)}


def word_placeholders() -> set[str]:
    with translation.override("en"):
        return set(text.words())


@pytest.fixture(scope="module")
def up_to_date(tmp_path_factory) -> Path:
    """The catalogues as `make messages` would leave them now."""
    locale = tmp_path_factory.mktemp("messages") / "locale"
    shutil.copytree(LOCALE, locale)
    pybabel = Path(sys.executable).with_name("pybabel")
    subprocess.run([HOME / "scripts" / "messages", pybabel, locale], cwd=HOME, check=True)
    return locale


def test_french_and_romanian_are_there():
    assert {"fr", "ro"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_hold_exactly_the_texts_of_the_code(language, up_to_date):
    now, needed = ({(m.context, m.id) for m in catalogue_of(language, at)} for at in (LOCALE, up_to_date))
    assert not needed - now, "run `make messages` and translate these"
    assert not now - needed, "run `make messages`: these are gone"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_in_every_plural_form(language):
    catalogue = catalogue_of(language)
    for message in messages_of(language):
        assert not message.fuzzy, message.id
        said = forms(message.string)
        assert all(said), message.id
        assert len(said) == (catalogue.num_plurals if message.pluralizable else 1), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_can_be_filled(language):
    known = word_placeholders()
    for message in messages_of(language):
        own = placeholders(*forms(message.id))
        for said in forms(message.string):
            used = placeholders(said)
            assert used <= own | known, said
            assert own - known <= used, said
            assert "%" not in PLACEHOLDER.sub("", said).replace("%%", ""), said


@pytest.mark.parametrize(("language", "numbers"), [("fr", [0, 2]), ("ro", [1, 2, 20])])
def test_each_number_finds_its_form(language, numbers):
    form_of = c2py(catalogue_of(language).plural_expr)
    assert [form_of(number) for number in numbers] == list(range(len(numbers)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_typography_is_the_languages_own(language):
    wrong = {"fr": re.compile(r"'| [:;!?»]|« |\.\.\."), "ro": re.compile(r"[şţŞŢ“'\"]|\.\.\.")}.get(language)
    for message in messages_of(language):
        assert not (wrong and any(wrong.search(said) for said in forms(message.string))), message.string


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_words_have_every_term_and_form(language):
    known = json.loads((LOCALE / language / "words.json").read_text(encoding="utf-8"))
    assert {term: set(known[term]) for term in known} == {term: set(words.FORMS) for term in words.TERMS}
    assert all(said.strip() for term in known.values() for said in term.values())


@pytest.mark.parametrize(("language", "said"), [("fr", "Saisissez une adresse"), ("ro", "Introduceți o adresă")])
def test_the_libraries_speak_the_readers_language(language, said):
    with translation.override(language):
        assert said in str(EmailValidator.message)
        faults = (
            password_faults("a")
            + password_faults("password123")
            + password_faults("ana.popa.1", User(username="ana.popa"))
        )
    with translation.override("en"):
        english = password_faults("a") + password_faults("ana.popa.1", User(username="ana.popa"))
    assert len(faults) >= 3
    assert not set(faults) & set(english)
    assert all(str(message) for message in SignInAdapter.error_messages.values())


def made_language(folder: Path) -> None:
    """A fourth language as somebody would drop it in: a few texts, its words, no code."""
    catalogue = Catalog(locale="de", domain="django")
    catalogue.add("Add %(a_client)s", "%(A_client)s dazu")
    texts = folder / "de" / "LC_MESSAGES"
    texts.mkdir(parents=True)
    with (texts / "django.po").open("wb") as source, (texts / "django.mo").open("wb") as compiled:
        write_po(source, catalogue)
        write_mo(compiled, catalogue)
    known = json.loads((LOCALE / "en" / "words.json").read_text(encoding="utf-8"))
    known["client"] |= {"one": "Kunde", "many": "Kunden", "a_one": "ein Kunde"}
    (folder / "de" / "words.json").write_text(json.dumps(known), encoding="utf-8")


SPEAK = """
import django
django.setup()
from django.conf import settings
from django.utils import translation
from frontdesk.accounts.choices import language_codes
from frontdesk.core.text import gettext as _
with translation.override("de"):
    print(dict(settings.LANGUAGES)["de"], "de" in language_codes(), _("Add %(a_client)s"), _("%(Clients)s"), sep="|")
"""


def test_a_language_is_added_without_code(tmp_path):
    made_language(tmp_path / "locale")
    surroundings = {
        **os.environ, "FRONTDESK_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "frontdesk.config.settings",
    }  # fmt: skip
    run = [sys.executable, "-c", SPEAK]
    said = subprocess.run(run, cwd=HOME, env=surroundings, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "Deutsch|True|Ein Kunde dazu|Kunden"


JINJA = re.compile(
    r"<style\b.*?</style>|\{#.*?#\}|\{\{.*?\}\}|\{% block (?:width|body_class)\b.*?endblock %\}|\{%.*?%\}", re.DOTALL
)
BARE_TEXT = re.compile(r">([^<>=]*[^\W\d_]{3}[^<>=]*)<")
BARE_ATTRIBUTE = re.compile(r'\b(?:aria-label|title|placeholder|alt)="([^"{]*[^\W\d_]{3}[^"{]*)"')
SAME_EVERYWHERE = {"SPF", "DKIM", "DMARC", "Frontdesk", "Ctrl K", "Ctrl /", "Esc", "Enter", "Ctrl ↵"}


def test_templates_hold_no_text_of_their_own():
    found = {}
    for template in (HOME / "frontdesk").glob("*/templates/**/*.html"):
        source = template.read_text(encoding="utf-8")
        said = BARE_TEXT.findall(JINJA.sub("", source)) + BARE_ATTRIBUTE.findall(source)
        found[template.name] = {text.strip() for text in said} - SAME_EVERYWHERE
    assert not {name: said for name, said in found.items() if said}

"""Words, plurals, names and numbers as people write them (P15, A6, X14)."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.core import fold, permissions, phones, text, words
from frontdesk.core.errors import Conflict, Invalid
from frontdesk.core.registry import Registry

LANGUAGES = ["en", "fr", "ro"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_form_of_every_term(language):
    built_in = words.default_words(language)
    assert set(built_in) == set(words.TERMS)
    for forms in built_in.values():
        assert set(forms) == set(words.FORMS)
        assert all(forms.values())


@pytest.mark.parametrize(("language", "said"), [("en", "Add a client"), ("fr", "un client"), ("ro", "un client")])
def test_text_speaks_the_built_in_words(language, said):
    with translation.override(language):
        assert said.lower() in text.gettext("Add %(a_client)s").lower()


def test_text_speaks_the_words_of_the_account():
    token = text.use_words({"en": {"client": {"one": "student", "many": "students", "a_one": "a student"}}})
    try:
        with translation.override("en"):
            assert text.gettext("Add %(a_client)s") == "Add a student"
            assert text.gettext("%(Clients)s") == "Students"
            assert text.gettext("%(Coworkers)s") == "Co-workers"
        with translation.override("fr"):
            assert "student" not in text.gettext("%(Clients)s").lower()
    finally:
        text.release_words(token)
    with translation.override("en"):
        assert text.gettext("%(Clients)s") == "Clients"


def test_a_word_without_its_plural_stands_for_both():
    token = text.use_words({"en": {"client": {"one": "folk"}}})
    try:
        assert text.gettext("%(clients)s") == "folk"
    finally:
        text.release_words(token)


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [("en", 1, "1 year"), ("en", 0, "0 years"), ("fr", 0, "0 année"), ("fr", 2, "2 ans"),
     ("ro", 1, "1 an"), ("ro", 2, "2 ani"), ("ro", 20, "20 de ani")],
)  # fmt: skip
def test_plurals_follow_the_language(language, number, said):
    with translation.override(language):
        shown = text.ngettext("%(num)d year", "%(num)d years", number)
    assert shown.replace("\N{NO-BREAK SPACE}", " ") == said


def test_a_literal_percent_sign_is_written_twice():
    assert text.gettext("100 %% of %(clients)s") == "100 % of clients"


def test_lazy_text_follows_the_language():
    lazy = text.gettext_lazy("%(Clients)s")
    assert lazy.message == "%(Clients)s"
    with translation.override("en"):
        assert str(lazy) == "Clients"


@pytest.mark.parametrize(
    ("given_text", "folded"),
    [("Ștefan  Țurcanu", "stefan turcanu"), ("ŞTEFAN ŢURCANU", "stefan turcanu"), ("Łukasz Ørsted", "lukasz orsted"),
     ("Straße", "strasse"), ("  a\tb\n c ", "a b c"), ("İstanbul", "istanbul"), ("Œuvre", "oeuvre"),
     ("王小明", "王小明")],
)  # fmt: skip
def test_folding(given_text, folded):
    assert fold.fold(given_text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(any_text):
    assert fold.fold(fold.fold(any_text)) == fold.fold(any_text)


@given(st.text())
def test_cleaned_text_is_one_printable_line(any_text):
    cleaned = fold.clean(any_text)
    assert "\n" not in cleaned and "\0" not in cleaned and cleaned == cleaned.strip()
    assert fold.clean(cleaned) == cleaned


@given(st.text())
def test_cleaned_blocks_keep_lines_only(any_text):
    cleaned = fold.clean_block(any_text)
    assert "\r" not in cleaned and "\0" not in cleaned
    assert fold.clean_block(cleaned) == cleaned


@pytest.mark.parametrize(
    ("typed", "country", "e164", "mobile"),
    [("0745 112 908", "RO", "+40745112908", True), ("+40 21 312 3456", "", "+40213123456", False),
     ("06 12 34 56 78", "FR", "+33612345678", True), ("0040745112908", "RO", "+40745112908", True)],
)  # fmt: skip
def test_phone_numbers_are_read_by_the_rules_of_their_country(typed, country, e164, mobile):
    assert phones.parse(typed, country) == phones.Phone(e164, mobile)


@pytest.mark.parametrize("typed", ["", "abc", "12", "0745112908", "+40 745 112 908 123 456 789", "\0"])
def test_what_is_no_phone_number_is_refused(typed):
    with pytest.raises(phones.BadPhone):
        phones.parse(typed)


def test_numbers_are_shown_as_people_of_the_country_write_them():
    assert phones.display("+40745112908", "RO").startswith("0745")
    assert phones.display("+40745112908", "FR").startswith("+40")
    assert phones.display("not a number") == "not a number"


def test_an_unknown_right_raises_wherever_it_is_named():
    with pytest.raises(permissions.UnknownPermission):
        permissions.holds("admin", None, "clients.client:fly")
    with pytest.raises(permissions.UnknownPermission):
        permissions.permission("nothing")


def test_a_right_is_defined_once():
    with pytest.raises(ValueError, match="twice"):
        permissions.define("clients.client:view", "", permissions.TEAM)


def test_scopes_narrow_a_role():
    assert permissions.holds("staff", None, "clients.client:edit")
    assert permissions.holds("staff", frozenset(["clients:write"]), "clients.client:edit")
    assert not permissions.holds("staff", frozenset(["clients:read"]), "clients.client:edit")
    assert not permissions.holds("coworker", frozenset(["clients:write"]), "clients.client:edit")


def test_errors_name_field_and_reason():
    assert str(Invalid({"name": ["is missing"]})) == "name: is missing"
    assert Invalid("whole").errors == {"": ["whole"]}
    assert isinstance(Conflict("x"), Invalid)


def test_a_registry_refuses_a_taken_key():
    registry: Registry[str] = Registry("thing")
    registry.register("a", "first")
    with pytest.raises(ValueError, match="thing 'a'"):
        registry.register("a", "second")
    assert registry.get("b") is None

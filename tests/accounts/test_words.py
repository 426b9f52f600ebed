"""The account's own words: forms of each language, ready-made sets, page, API, and who may choose them (P15, X14)."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from frontdesk.accounts import actions
from frontdesk.accounts.forms.words import WordsForm
from frontdesk.accounts.models import Account
from frontdesk.accounts.words import grammar, ready, speaking
from frontdesk.core.errors import Forbidden, Invalid
from frontdesk.core.words import FORMS, TERMS, default_words

from .helpers import verbs

PAGE, API = "/settings/words/", "/api/v1/account/words"
STUDENT = {"en": {"client": {"one": "student", "many": "students"}}}


@pytest.mark.parametrize(
    ("language", "typed", "bent"),
    [
        ("en", ("student", "students"), "a student|the student|the student's|the students|the students'"),
        ("en", ("athlete", "athletes"), "an athlete|the athlete|the athlete's|the athletes|the athletes'"),
        ("en", ("user", "users"), "a user|the user|the user's|the users|the users'"),
        ("en", ("hour", "hours"), "an hour|the hour|the hour's|the hours|the hours'"),
        ("en", ("child", "children"), "a child|the child|the child's|the children|the children's"),
        ("fr", ("élève", "élèves", "m"), "un élève|l’élève|de l’élève|les élèves|des élèves"),
        ("fr", ("habitante", "habitantes", "f"),
         "une habitante|l’habitante|de l’habitante|les habitantes|des habitantes"),
        ("fr", ("handicapé", "handicapés", "m"),
         "un handicapé|le handicapé|du handicapé|les handicapés|des handicapés"),
        ("fr", ("visite", "visites", "f"), "une visite|la visite|de la visite|les visites|des visites"),
        ("ro", ("elev", "elevi", "m"), "un elev|elevul|elevului|elevii|elevilor"),
        ("ro", ("elevă", "eleve", "f"), "o elevă|eleva|elevei|elevele|elevelor"),
        ("ro", ("lecție", "lecții", "f"), "o lecție|lecția|lecției|lecțiile|lecțiilor"),
        ("ro", ("lucrare", "lucrări", "f"), "o lucrare|lucrarea|lucrării|lucrările|lucrărilor"),
        ("ro", ("cafea", "cafele", "f"), "o cafea|cafeaua|cafelei|cafelele|cafelelor"),
        ("ro", ("membru", "membri", "m"), "un membru|membrul|membrului|membrii|membrilor"),
        ("ro", ("câine", "câini", "m"), "un câine|câinele|câinelui|câinii|câinilor"),
        ("ro", ("serviciu", "servicii", "n"), "un serviciu|serviciul|serviciului|serviciile|serviciilor"),
        ("ro", ("asistent medical", "asistenți medicali", "m"),
         "un asistent medical|asistentul medical|asistentului medical|asistenții medicali|asistenților medicali"),
        ("de", ("Kunde", "Kunden"), "Kunde|Kunde|Kunde|Kunden|Kunden"),
    ],
)  # fmt: skip
def test_a_language_bends_a_word(language, typed, bent):
    assert [grammar.bend(language, *typed)[form] for form in FORMS[2:]] == bent.split("|")


@pytest.mark.parametrize("language", ["en", "fr", "ro"])
def test_the_rules_give_the_built_in_words(language):
    feminine = {"job", "session"}
    for term, forms in default_words(language).items():
        gender = ("f" if term in feminine else "m") if grammar.genders(language) else ""
        assert grammar.bend(language, forms["one"], forms["many"], gender) == forms


@pytest.mark.parametrize("key", ready.set_keys())
@pytest.mark.parametrize("language", ["en", "fr", "ro"])
def test_every_ready_made_set_has_every_form(language, key):
    known = ready.ready_words(key)[language]
    assert list(known) == list(TERMS)
    assert all(forms[form] for forms in known.values() for form in FORMS)


def test_example_sentences_use_every_term_in_every_language():
    for language in ("en", "fr", "ro"):
        said = " ".join(ready.examples(language)).lower()
        assert all(term in said for term in TERMS)
        assert ready.examples(language) != ready.examples("de") or language == "en"


def test_an_admin_takes_ready_made_words_by_the_page(cast, browser_of):
    ana = browser_of(cast.ana)
    filled = ana.get(PAGE, {"set": "school"}).content.decode()
    assert 'value="élève"' in filled and "Pagina elevului" in filled and "La page de l’élève" in filled
    assert Account.objects.get(pk=cast.account.pk).words == {}
    form = WordsForm(words=ready.ready_words("school"))
    sent = {name: form[name].value() or "" for name in form.fields}
    assert ana.post(PAGE, sent).status_code == 302
    assert Account.objects.get(pk=cast.account.pk).words == ready.ready_words("school")
    assert verbs(cast.account)[-1] == "account.words_changed"
    assert "Students" in ana.get(reverse("clients:list")).content.decode()


def test_the_examples_are_heard_before_anything_is_saved(cast, browser_of):
    typed = {"fr.client.one": "apprenti", "fr.client.many": "apprentis", "preview": "1"}
    shown = browser_of(cast.ana).post(PAGE, typed)
    assert shown.status_code == 200 and "La page de l’apprenti" in shown.content.decode()
    assert Account.objects.get(pk=cast.account.pk).words == {}


def test_an_irregular_form_is_typed_over_and_kept(cast, browser_of):
    typed = {"fr.client.one": "yeti", "fr.client.many": "yetis", "fr.client.gender": "m", "fr.client.the_one": "l’yeti"}
    ana = browser_of(cast.ana)
    assert ana.post(PAGE, typed).status_code == 302
    kept = Account.objects.get(pk=cast.account.pk).words["fr"]["client"]
    assert (kept["the_one"], kept["of_the_one"]) == ("l’yeti", "du yeti")
    assert 'value="l’yeti"' in ana.get(PAGE).content.decode()
    assert 'value="du yeti"' not in ana.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"en.client.one": "student"}, "en.client.many"),
        ({"en.client.many": "students"}, "en.client.one"),
        ({"en.client.one": "<b>", "en.client.many": "x"}, "en.client.one"),
        ({"en.client.one": "%(x)s", "en.client.many": "x"}, "en.client.one"),
        ({"en.client.one": "x" * 61, "en.client.many": "x"}, "en.client.one"),
        ({"ro.job.one": "a", "ro.job.many": "b", "ro.job.gender": "q"}, "ro.job.gender"),
    ],
)
def test_what_is_no_word_is_refused_with_what_was_typed(cast, browser_of, typed, field):
    answer = browser_of(cast.ana).post(PAGE, typed)
    assert answer.status_code == 422
    assert f'id="id_{field}-error"' in answer.content.decode()
    assert Account.objects.get(pk=cast.account.pk).words == {}


def test_words_of_an_unknown_language_or_set_are_refused(within):
    with pytest.raises(Invalid):
        actions.change_words(within.ana, {"xx": STUDENT["en"]})
    with pytest.raises(Invalid):
        actions.use_ready_words(within.ana, "circus")


def test_going_back_to_the_built_in_words_leaves_nothing(within):
    actions.use_ready_words(within.ana, "school")
    assert actions.change_words(within.ana, {"en": {"client": dict(default_words("en")["client"])}}).words == {}


def test_the_words_through_the_api(cast, api_of):
    ana = api_of(cast.ana)
    assert ana.get(API).json()["data"][0]["words"]["client"]["own"] is False
    changed = ana.put(API, {"words": STUDENT}, content_type="application/json").json()["data"]
    english = next(one for one in changed if one["language"] == "en")["words"]
    assert (english["client"]["a_one"], english["client"]["own"]) == ("a student", True)
    assert english["job"]["one"] == "job"
    assert api_of(cast.mia).get(API).json()["data"] == changed
    assert [one["key"] for one in ana.get(API + "/sets").json()["data"]] == ready.set_keys()
    taken = ana.post(API + "/set", {"set": "therapy"}).json()["data"]
    romanian = next(one for one in taken if one["language"] == "ro")["words"]["client"]
    assert romanian["of_the_many"] == "pacienților"
    wrong = ana.put(API, {"words": {"en": {"client": {"one": "a"}}}}, content_type="application/json")
    assert wrong.status_code == 422


def test_choosing_words_is_the_admins(cast, browser_of, api_of):
    for member in (cast.sam, cast.cora, cast.mia):
        assert browser_of(member).get(PAGE).status_code == 403
        assert api_of(member).put(API, {"words": {}}, content_type="application/json").status_code == 403
    with pytest.raises(Forbidden):
        actions.change_words(cast.sam, STUDENT)
    assert Account.objects.get(pk=cast.other.account.pk).words == {}


def test_a_word_may_hold_what_html_and_formats_would_read(cast, browser_of):
    Account.objects.filter(pk=cast.account.pk).update(
        words={"en": {"client": {"one": "<i>x</i> 100%", "many": "<i>y</i> 100%"}}}
    )
    shown = browser_of(cast.ana).get(reverse("clients:list")).content.decode()
    assert "<i>y</i>" not in shown and "&lt;i&gt;y&lt;/i&gt; 100%" in shown


def test_set_labels_speak_the_readers_language():
    with translation.override("ro"):
        assert speaking.set_labels()[1] == {"key": "school", "words": ["elevi", "profesori", "cursuri", "lecții"]}
    assert not any(re.search("%", sentence) for said in speaking.heard({}).values() for sentence in said)

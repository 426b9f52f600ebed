"""The help: a topic for every page in every language, search, answers, and how to reach the office (A8)."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from frontdesk.accounts.models import Account, User
from frontdesk.activity.models import Activity
from frontdesk.core.http.policy import Policy
from frontdesk.core.tenancy.context import account_context
from frontdesk.help import access, actions, queries, texts
from frontdesk.help.models import Answer
from frontdesk.ui.markup import rendered

from ..matrix.routes import Route, pages

API = "/api/v1/help/"
# Files, pieces of pages, and what only programs read.
NO_PAGES = {
    "accounts:people_export", "channels:picture",
    "clients:export", "clients:import_template", "clients:import_rejected", "search:palette", "api_description",
    "api:api-root", "", "activity:audit_export", "activity:audit_progress",
    "conversations:state", "conversations:waiting_count",
    "inquiries:embed", "observability:live", "observability:ready", "observability:metrics",
}  # fmt: skip


def _is_page(route: Route) -> bool:
    policy = route.policy or Policy("")
    return "GET" in policy.methods and route.name not in NO_PAGES


def test_every_page_has_a_topic():
    missing = sorted({route.name for route in pages() if _is_page(route) and not texts.key_of_page(route.name)})
    assert not missing, "add these to `pages:` of a topic in frontdesk/help/texts/en/, or write one"


def test_topics_name_pages_that_exist_and_each_page_once():
    known = {route.name for route in pages()}
    named = [page for source in texts.written("en").values() for page in source.pages]
    assert not set(named) - known
    assert sorted(named) == sorted(set(named))
    assert {source.readers for source in texts.written("en").values()} <= {"everyone", "portal", "team", "office"}


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES if code != "en"])
def test_every_topic_is_there_in_every_language(language):
    assert not set(texts.all_keys()) - set(texts.written(language)), "translate these"


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_topic_can_be_read(language):
    with translation.override(language):
        for key in texts.all_keys():
            topic = texts.topic(key)
            assert topic.title and "%(" not in topic.title + topic.body
            assert "<p>" in rendered(topic.body) and "**" not in rendered(topic.body)


def test_markup_escapes():
    assert rendered("a <b> & **strong**\n\n- one\n- *two*") == (
        "<p>a &lt;b&gt; &amp; <b>strong</b></p>\n<ul><li>one</li><li><em>two</em></li></ul>"
    )


def test_a_page_leads_to_its_topic_in_the_readers_language_and_words(cast, browser_of):
    Account.objects.filter(pk=cast.account.pk).update(words={"fr": {"client": {"one": "élève", "many": "élèves"}}})
    User.objects.filter(pk=cast.ana.user_id).update(language="fr")
    ana = browser_of(cast.ana)
    href = reverse("help:page", args=["clients:list"])
    assert f'href="{href}"' in ana.get(reverse("clients:list")).content.decode()
    assert "La liste des élèves" in ana.get(href).content.decode()
    sheet = ana.get(href, headers={"HX-Request": "true"}).content.decode()
    assert "La liste des élèves" in sheet and "<html" not in sheet


def test_a_page_without_a_topic_leads_to_all_of_them(cast, browser_of):
    assert browser_of(cast.ana).get(reverse("help:page", args=["x:y"])).headers["Location"] == reverse("help:index")


def test_readers_see_the_topics_that_are_for_them(cast, browser_of):
    assert browser_of(cast.mia).get(reverse("help:topic", args=["audit-log"])).status_code == 404
    assert browser_of(cast.cora).get(reverse("help:topic", args=["audit-log"])).status_code == 404
    assert browser_of(cast.ana).get(reverse("help:topic", args=["audit-log"])).status_code == 200
    assert browser_of(cast.ana).get(reverse("help:topic", args=["portal-home"])).status_code == 404
    assert {topic.key for topic in access.topics_for(None)} < {topic.key for topic in access.topics_for(cast.mia)}


def test_signing_in_has_help_too(cast, client):
    assert "Signing in" in client.get(reverse("help:page", args=["account_login"])).content.decode()
    assert reverse("help:page", args=["account_login"]) in client.get(reverse("account_login")).content.decode()


@pytest.mark.parametrize(
    ("language", "query", "found"),
    [("en", "audit", "audit-log"), ("en", "availabilty", "client-availability"), ("en", "audit zebra", None),
     ("fr", "journal", "audit-log"), ("fr", "disponibilites", "client-availability"), ("ro", "sedinta cautare", None),
     ("ro", "cautare", "search"), ("en", "zzzzqq", None)],
)  # fmt: skip
def test_search_finds_topics_despite_slips(cast, language, query, found):
    with translation.override(language):
        keys = [topic.key for topic in queries.find(cast.ana, query)]
    assert (keys[:1] == [found]) if found else not keys


def test_people_say_whether_a_topic_helped(cast, browser_of):
    address = reverse("help:answer", args=["profile"])
    mia = browser_of(cast.mia)
    assert mia.post(address, {"helpful": "no", "comment": "Where is my photo?"}).status_code == 302
    assert mia.post(address, {"helpful": "maybe"}).status_code == 422
    assert mia.post(address, {"helpful": "yes", "comment": "x" * 501}).status_code == 422
    assert (
        "Thank you"
        in browser_of(cast.sam).post(address, {"helpful": "yes"}, headers={"HX-Request": "true"}).content.decode()
    )
    shown = browser_of(cast.ana).get(reverse("help:answers")).content.decode()
    assert "Where is my photo?" in shown and "Mia" in shown
    with account_context(cast.account):
        assert queries.tallies(cast.ana)[0] == queries.Tally("profile", "Your profile", 1, 1)
        assert Activity.objects.filter(verb="help.answered").count() == 2
    assert "Where is my photo?" not in browser_of(cast.other.olga).get(reverse("help:answers")).content.decode()
    assert browser_of(cast.sam).get(reverse("help:answers")).status_code == 403


def test_a_second_answer_replaces_the_first(within):
    topic = access.get_topic(within.mia, "profile")
    for helpful in (False, True):
        actions.answer(within.mia, topic, helpful)
    assert [one.helpful for one in Answer.objects.all()] == [True]


def test_the_help_through_the_api(cast, api_of):
    mia, ana = api_of(cast.mia), api_of(cast.ana)
    assert [one["key"] for one in mia.get(API + "topics", {"q": "your details"}).json()["data"]][0] == "portal-details"
    assert mia.get(API + "topics/audit-log").status_code == 404
    made = mia.post(API + "topics/profile/answer", {"helpful": False, "comment": "More pictures"})
    assert made.status_code == 201
    assert ana.get(API + "answers").json()["data"] == [made.json()]
    assert ana.get(API + "tallies").json()["data"][0]["no"] == 1
    assert mia.get(API + "answers").status_code == 403


def test_portal_people_see_how_to_reach_the_office(cast, browser_of, api_of):
    address = reverse("help:topic", args=["portal-home"])
    assert "Contact the office" not in browser_of(cast.mia).get(address).content.decode()
    changed = api_of(cast.ana).patch(
        "/api/v1/account", {"contact_email": "Office@Folio.example", "contact_phone": "021 312 3456"},
        content_type="application/json",
    )  # fmt: skip
    assert (changed.json()["contact_email"], changed.json()["contact_phone"]) == (
        "office@folio.example",
        "+40213123456",
    )
    shown = browser_of(cast.mia).get(address).content.decode()
    assert 'href="mailto:office@folio.example"' in shown and 'href="tel:+40213123456"' in shown

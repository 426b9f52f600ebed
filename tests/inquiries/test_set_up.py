"""Admins set forms up, by page and API; the office sees them; it can be undone (M9, X12)."""

import pytest
from django.urls import reverse

from frontdesk.activity.models import Activity
from frontdesk.channels.models import Dispatch
from frontdesk.clients import access as clients
from frontdesk.clients.models import Client
from frontdesk.core.errors import Forbidden, Invalid
from frontdesk.core.tenancy.context import account_context
from frontdesk.inquiries import actions, queries
from frontdesk.inquiries.models import InquiryForm
from frontdesk.undo.actions import undo
from frontdesk.undo.models import Change

from .visitors import form_of, path_of, send, visitor

API = "/api/v1/inquiry-forms"
JSON = {"content_type": "application/json"}
TYPED = {"name": "Contact", "email": "required", "phone": "no", "hue": "4", "topics": "A quote\n\nA visit\n"}


def test_an_admin_adds_and_changes_one_by_page(cast, browser_of):
    ana = browser_of(cast.ana)
    page = ana.post(reverse("inquiries:new"), {**TYPED, "title_fr": "Écrivez-nous"}, follow=True)
    assert page.status_code == 200 and "ask/" in page.content.decode()
    with account_context(cast.account):
        made = InquiryForm.objects.get()
    assert (made.topics, made.texts, made.hue) == (["A quote", "A visit"], {"fr": {"title": "Écrivez-nous"}}, 4)
    assert "Écrivez-nous" in visitor().get(path_of(made) + "?lang=fr").content.decode()
    assert "Write to Folio Repairs" in visitor().get(path_of(made)).content.decode()
    edit = reverse("inquiries:edit", args=[made.pk])
    assert "Écrivez-nous" in ana.get(edit).content.decode()
    assert ana.post(edit, {**TYPED, "name": "Other"}, follow=True).status_code == 200
    with account_context(cast.account):
        made.refresh_from_db()
        assert (made.name, made.texts) == ("Other", {})
        assert Activity.objects.filter(verb="inquiry.form_changed").count() == 1


def test_topics_are_read_in_the_language_of_the_page_and_kept_in_ones_own(cast, browser_of):
    typed = {**TYPED, "topics_fr": "Un devis\nUne visite"}
    browser_of(cast.ana).post(reverse("inquiries:new"), typed, follow=True)
    with account_context(cast.account):
        made = InquiryForm.objects.get()
    french, english = (visitor().get(f"{path_of(made)}?lang={code}").text for code in ("fr", "en"))
    assert '<option value="A visit">Une visite</option>' in french
    assert '<option value="A visit">A visit</option>' in english


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"topics_fr": "Un devis"}, "topics_fr"),
        ({"name": ""}, "name"), ({"email": "no"}, "email"), ({"sites": "javascript:alert(1)"}, "sites"),
        ({"sites": "https://a.example; script-src *"}, "sites"), ({"sites": "https://user@a.example"}, "sites"),
        ({"sites": "*"}, "sites"), ({"topics": "x" * 81}, "topics"), ({"title_en": "x" * 121}, "title_en"),
        ({"hue": "9"}, "hue"), ({"team": "00000000-0000-7000-8000-00000000dead"}, "team"),
    ],
)  # fmt: skip
def test_a_refused_one_comes_back_with_the_reason(cast, browser_of, typed, field):
    answer = browser_of(cast.ana).post(reverse("inquiries:new"), {**TYPED, **typed})
    assert answer.status_code == 422 and f"{field}-error" in answer.content.decode()
    with account_context(cast.account):
        assert not InquiryForm.objects.exists()


def test_a_site_is_what_browsers_call_an_origin(within):
    typed = actions.FormInput(
        "Contact", sites=["https://www.Example.com/path?x", "http://localhost:8080", "münchen.example"]
    )
    made = actions.add_form(within.ana, typed)
    assert made.sites == ["https://www.example.com", "http://localhost:8080", "https://xn--mnchen-3ya.example"]


def test_closing_and_deleting_can_be_taken_back(cast, form, browser_of):
    ana, one = browser_of(cast.ana), [form.pk]
    send(form)
    ana.post(reverse("inquiries:switch", args=one), {"on": "no"})
    assert visitor().get(path_of(form)).status_code == 410
    ana.post(reverse("inquiries:switch", args=one), {"on": "yes"})
    assert visitor().get(path_of(form)).status_code == 200
    answer = ana.post(reverse("inquiries:delete", args=one), follow=True)
    assert "was deleted" in answer.content.decode() and visitor().get(path_of(form)).status_code == 404
    with account_context(cast.account):
        undo(cast.ana, Change.objects.get())
        form.refresh_from_db()
    assert visitor().get(path_of(form)).status_code == 200
    page = ana.get(reverse("inquiries:form", args=one)).content.decode()
    assert "Nora New" in page


def test_the_office_sees_and_only_admins_change(cast, form, browser_of, within):
    assert browser_of(cast.sam).get(reverse("inquiries:forms")).status_code == 200
    assert "Close the form" not in browser_of(cast.sam).get(reverse("inquiries:form", args=[form.pk])).content.decode()
    assert browser_of(cast.cora).get(reverse("inquiries:forms")).status_code == 403
    for verb in (
        lambda who: actions.add_form(who, actions.FormInput("X")), lambda who: actions.switch(who, form, False),
        lambda who: actions.delete_form(who, form), lambda who: actions.change_form(who, form, actions.FormInput("X")),
    ):  # fmt: skip
        with pytest.raises(Forbidden):
            verb(cast.sam)


def test_the_api_does_the_same(cast, api_of):
    ana = api_of(cast.ana)
    made = ana.post(API, {"name": "Contact", "texts": {"en": {"title": "Write!"}}, "sites": ["https://a.example"]})
    assert made.status_code == 201 and made.json()["address"].startswith("http")
    one = f"{API}/{made.json()['id']}"
    assert ana.patch(one, {"enabled": False, "topics": ["A"]}, **JSON).json()["enabled"] is False
    assert api_of(cast.sam).get(one).json()["texts"] == {"en": {"title": "Write!"}}
    assert ana.patch(one, {"email": "no", "phone": "no"}, **JSON).status_code == 422
    assert ana.patch(one, {"texts": {"zz": {}}}, **JSON).status_code == 422
    assert api_of(cast.sam).patch(one, {"name": "X"}, **JSON).status_code == 403
    assert api_of(cast.other.olga).get(one).status_code == 404
    assert len(api_of(cast.sam).get(API).json()["data"]) == 1
    assert ana.delete(one).status_code == 200 and ana.get(one).status_code == 404


def test_inquiries_are_listed_by_page(cast, form, api_of, browser_of):
    for number in range(3):
        send(form, email=f"n{number}@example.com")
    sam = api_of(cast.sam)
    first = sam.get(f"/api/v1/inquiries?limit=2&form={form.pk}").json()
    second = sam.get(f"/api/v1/inquiries?limit=2&after={first['next']}").json()
    assert len(first["data"]) == 2 and len(second["data"]) == 1 and second["next"] is None
    assert first["data"][0]["consent"].startswith("Folio Repairs may keep")
    assert api_of(cast.cora).get("/api/v1/inquiries").status_code == 403
    assert api_of(cast.other.olga).get("/api/v1/inquiries").json()["data"] == []


def test_inquiries_follow_the_clients_in_sight(cast, form, monkeypatch):
    """Today who sees inquiries sees every client; whoever is lent the right some day does not."""
    send(form)
    with account_context(cast.account):
        assert len(queries.inquiries(cast.sam).rows) == 1
        with pytest.raises(Forbidden):
            queries.inquiries(cast.cora)
        monkeypatch.setattr(clients, "visible_client_ids", lambda actor: Client.objects.none().values("id"))
        assert queries.inquiries(cast.sam).rows == []


def test_there_is_an_end_to_forms_and_lists(within, monkeypatch):
    monkeypatch.setattr("frontdesk.inquiries.actions.forms.MOST_FORMS", 1)
    form_of(within)
    with pytest.raises(Invalid):
        form_of(within)
    with pytest.raises(Invalid):
        actions.add_form(within.ana, actions.FormInput("X", topics=[str(n) for n in range(21)]))


def test_the_letter_is_written_by_the_account(cast, form, browser_of):
    ana = browser_of(cast.ana)
    address = reverse("accounts:mail_text", args=["inquiry"])
    assert "{form}" in ana.get(address).content.decode()
    ana.post(address, {"language": "en", "subject": "Got it", "body": "We read {form} daily."})
    send(form)
    with account_context(cast.account):
        mail = Dispatch.objects.get()
        assert (mail.subject, mail.text) == ("Got it", "We read Write to Folio Repairs daily.")


def test_pages_cost_the_same_however_many_wrote(cast, form, browser_of, django_assert_max_num_queries):
    sam, one = browser_of(cast.sam), reverse("inquiries:form", args=[form.pk])
    for number in range(4):
        send(form, email=f"n{number}@example.com")
    for browser, path in ((visitor(), path_of(form)), (sam, one), (sam, reverse("inquiries:forms"))):
        browser.get(path)
        with django_assert_max_num_queries(12):
            assert browser.get(path).status_code == 200

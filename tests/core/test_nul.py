"""NUL, which PostgreSQL keeps in no text, reaches no statement by any way in."""

import pytest
from django.urls import reverse

from frontdesk.channels.models import Dispatch
from frontdesk.conversations.models import Envelope
from frontdesk.core.rest.schemas import Input
from frontdesk.core.tenancy.context import account_context
from frontdesk.messaging.models import Draft, Message

from ..conversations.talks import MARIA, arrive, mail
from ..inquiries.visitors import form_of, path_of, visitor


@pytest.fixture
def asked(cast):
    """Maria has written."""
    with account_context(cast.account):
        return arrive(cast.account, mail())


@pytest.mark.parametrize(
    "path", ["/clients/?q=%00", "/inbox/?q=%00", "/inbox/saved/?q=%00", "/messages/search/?q=%00", "/?%00=x"]
)
def test_a_query_with_it_is_refused(cast, browser_of, path):
    assert browser_of(cast.ana).get(path).status_code == 400


@pytest.mark.parametrize("path", ["dispatches?channel=%00", "clients?q=%00", "saved-replies?way=email:%00"])
def test_the_api_refuses_it_as_a_problem(cast, api_of, path):
    answer = api_of(cast.ana).get(f"/api/v1/{path}")
    assert answer.status_code == 400 and answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("where", [0, 1, 15])
def test_the_address_of_a_form_with_it_leads_nowhere(cast, where):
    address = path_of(form_of(cast)).rstrip("/")
    at = address.rindex("/") + 23 + where
    assert visitor().get(f"{address[:at]}%00{address[at + 1 :]}/").status_code == 404


def test_what_is_pasted_with_it_is_sent_without(cast, asked, browser_of):
    sent = {"body": "On\0 Thursday", "way": f"email:{MARIA}", "subject": "The\0 boiler", "key": ""}
    answer = browser_of(cast.cora).post(reverse("conversations:reply", args=[asked.pk]), sent)
    assert answer.status_code == 302
    with account_context(cast.account):
        assert Message.objects.latest("pk").body == "On Thursday"
        assert Envelope.objects.get(outgoing=True).subject == Dispatch.objects.get().subject == "The boiler"


def test_a_draft_with_it_is_kept_without(cast, asked, browser_of, api_of):
    body = {"body": "Half\0 of", "way": "email:\0", "subject": "\0"}
    browser_of(cast.cora).post(reverse("conversations:draft", args=[asked.pk]), body)
    with account_context(cast.account):
        assert "\0" not in str(Draft.objects.get().details) and Draft.objects.get().body == "Half of"


def test_json_with_it_is_taken_without(cast, asked, api_of):
    body = {"body": "On\0 Thursday", "subject": "The\0 boiler"}
    answer = api_of(cast.cora).post(f"/api/v1/conversations/{asked.pk}/messages", body)
    assert answer.status_code == 201
    with account_context(cast.account):
        assert Message.objects.latest("pk").body == "On Thursday"
        assert Envelope.objects.get(outgoing=True).subject == "The boiler"


def test_json_is_clean_however_deep():
    class Table(Input):
        rows: list[dict[str, list[str]]]

    assert Table.model_validate({"rows": [{"a\0": ["b\0c"]}]}).rows == [{"a": ["bc"]}]


@pytest.mark.parametrize("value", ['"\\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"', "\0aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"])
def test_a_session_with_it_is_none(client, settings, db, value):
    answer = client.get("/clients/", headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={value}"})
    assert answer.status_code == 302

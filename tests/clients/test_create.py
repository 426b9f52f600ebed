"""Adding a client (C3, C5, C7): the verb, its page, its API call, and the outsider."""

import pytest
from django.urls import reverse

from frontdesk.activity.models import Activity
from frontdesk.clients import actions, queries
from frontdesk.clients.models import Client, Contact, ContactPoint
from frontdesk.clients.values import AddressInput, ClientInput, ContactInput, PointInput
from frontdesk.core.errors import Forbidden, Invalid
from frontdesk.core.tenancy.context import account_context
from frontdesk.search.queries import search

FORM = {"kind": "person", "name": "Élodie Durand", "status": "active"} | {
    f"{name}-{field}": value
    for name in ("emails", "phones")
    for field, value in (("TOTAL_FORMS", "1"), ("INITIAL_FORMS", "0"))
}


def typed(**changes) -> ClientInput:
    contact = ContactInput(
        "Élodie Durand", emails=[PointInput("Elodie@Example.com")], phones=[PointInput("0745 112 999")]
    )
    return ClientInput(**{"name": "Élodie Durand", "contact": contact, "tags": ["VIP"]} | changes)


def test_a_client_comes_with_contact_activity_tally_and_search_entry(within):
    """C3, C7: one verb writes all that belongs together."""
    before = queries.status_counts(within.sam)["active"]
    client = actions.create_client(within.sam, typed(address=AddressInput(city="Cluj")))
    assert (client.email, client.phone, client.has_mobile) == ("elodie@example.com", "+40745112999", True)
    contact = Contact.objects.get(client_id=client.pk)
    assert contact.is_primary and ContactPoint.objects.filter(contact=contact).count() == 2
    assert Activity.objects.filter(client_id=client.pk).values_list("verb", flat=True).get() == "client.created"
    assert queries.status_counts(within.sam)["active"] == before + 1
    assert [hit.object_id for hit in search(within.sam, "elodie")] == [client.pk]
    assert not client.has_portal, "C5: a new client has no portal access"


def test_every_wrong_field_is_named_at_once(within):
    """C3: nothing is saved, and the person sees all that is wrong."""
    contact = ContactInput("", emails=[PointInput("not an address")], phones=[PointInput("12")])
    with pytest.raises(Invalid) as refused:
        actions.create_client(within.sam, typed(name=" ", contact=contact, kind="robot"))
    assert {"name", "kind", "contact.emails.0", "contact.phones.0"} <= set(refused.value.errors)
    assert not Client.objects.filter(kind="robot").exists()


def test_a_reference_is_given_once(within):
    actions.create_client(within.sam, typed(reference="A-1"))
    with pytest.raises(Invalid) as refused:
        actions.create_client(within.sam, typed(reference="A-1"))
    assert "reference" in refused.value.errors


def test_a_coworker_may_not_add_clients(within):
    with pytest.raises(Forbidden):
        actions.create_client(within.cora, typed())


def test_the_page_adds_a_client_and_says_so(cast, browser_of):
    browser = browser_of(cast.sam)
    page = browser.get(reverse("clients:new"))
    assert page.status_code == 200
    posted = browser.post(reverse("clients:new"), FORM | {"emails-0-value": "elodie@example.com"}, follow=True)
    assert posted.status_code == 200 and "Élodie Durand" in posted.content.decode()


def test_the_page_points_out_duplicates_before_saving(cast, browser_of):
    """C3: the same e-mail address is shown first; a second look saves anyway."""
    browser, form = browser_of(cast.sam), FORM | {"emails-0-value": "MARIA@example.com"}
    with account_context(cast.account):
        before = Client.objects.count()
    hinted = browser.post(reverse("clients:new"), form)
    assert hinted.status_code == 422 and "Maria Ionescu" in hinted.content.decode()
    with account_context(cast.account):
        assert Client.objects.count() == before
    browser.post(reverse("clients:new"), form | {"confirmed": "on"})
    with account_context(cast.account):
        assert Client.objects.count() == before + 1


def test_the_page_keeps_what_was_typed_and_names_the_wrong_field(cast, browser_of):
    page = browser_of(cast.sam).post(reverse("clients:new"), FORM | {"emails-0-value": "a@b@c", "reference": "R-77"})
    html = page.content.decode()
    assert page.status_code == 422 and "a@b@c" in html and "R-77" in html and 'id="id_emails-0-error"' in html


def test_the_api_adds_a_client(cast, api_of):
    body = {"name": "Acme", "kind": "organisation", "contact": {"name": "Jo", "emails": [{"value": "jo@acme.example"}]}}
    made = api_of(cast.sam).post("/api/v1/clients", body)
    assert made.status_code == 201, made.content
    assert made.json()["contacts"][0]["emails"][0]["value"] == "jo@acme.example"


def test_the_api_names_field_and_reason(cast, api_of):
    body = {"name": "Acme", "contact": {"name": "Jo", "phones": [{"value": "nope"}]}, "colour": "red"}
    refused = api_of(cast.sam).post("/api/v1/clients", body)
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    assert {error["field"] for error in refused.json()["errors"]} == {"colour"}
    del body["colour"]
    refused = api_of(cast.sam).post("/api/v1/clients", body)
    assert {error["field"] for error in refused.json()["errors"]} == {"contact.phones.0"}


def test_a_repeated_request_adds_one_client(cast, api_of):
    """The same idempotency key answers the same client."""
    api, headers = api_of(cast.sam), {"Idempotency-Key": "abc"}
    first = api.post("/api/v1/clients", {"name": "Once"}, headers=headers)
    again = api.post("/api/v1/clients", {"name": "Once"}, headers=headers)
    assert first.json()["id"] == again.json()["id"] and again.headers["Idempotent-Replayed"] == "true"
    with account_context(cast.account):
        assert Client.objects.filter(name="Once").count() == 1


@pytest.mark.parametrize("name", ["‏עברית‏", "👩‍🔧 Réparations", "a" * 160, "Иван Петров", "  spaced   out  "])
def test_names_of_every_kind_are_kept(within, name):
    client = actions.create_client(within.sam, ClientInput(name=name))
    assert Client.objects.get(pk=client.pk).name == " ".join(name.split())


@pytest.mark.parametrize("name", ["\x00", "\x00\x01", "a" * 161, "x" * 1_000_000])
def test_impossible_names_are_refused(within, name):
    with pytest.raises(Invalid):
        actions.create_client(within.sam, ClientInput(name=name))

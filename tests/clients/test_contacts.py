"""Contacts and addresses (C7): several a client, exactly one primary, changed but never missing."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from frontdesk.clients import actions, queries
from frontdesk.clients.models import Client, Contact
from frontdesk.clients.values import AddressInput, ContactInput, PointInput
from frontdesk.core.errors import Conflict, Invalid
from frontdesk.core.tenancy.context import account_context
from frontdesk.search.queries import search

FORMSETS = {
    f"{name}-{field}": value
    for name in ("emails", "phones")
    for field, value in (("TOTAL_FORMS", "2"), ("INITIAL_FORMS", "0"))
}


def second(within) -> Contact:
    typed = ContactInput(
        "Ion Ionescu", "Husband", [PointInput("ion@example.com", "home", True)], [PointInput("0722 333 444")]
    )
    return actions.add_contact(within.sam, within.maria, typed, AddressInput(city="Iași"))


def test_a_second_contact_is_not_primary_and_is_found(within):
    contact = second(within)
    assert not contact.is_primary
    assert [hit.title for hit in search(within.sam, "ion@example")] == ["Maria Ionescu"]
    loaded = queries.loaded_contact(within.maria, contact.pk)
    assert loaded.emails[0].consent and loaded.address.city == "Iași"


def test_making_another_contact_primary_moves_invitation_and_list_to_it(within):
    actions.make_primary(within.sam, within.maria, second(within))
    assert Contact.objects.filter(client_id=within.maria.pk, is_primary=True).count() == 1
    assert Client.objects.get(pk=within.maria.pk).email == "ion@example.com"


def test_the_primary_contact_cannot_be_removed(within):
    primary = Contact.objects.get(client_id=within.maria.pk, is_primary=True)
    with pytest.raises(Conflict):
        actions.remove_contact(within.sam, within.maria, primary)
    other = second(within)
    actions.remove_contact(within.sam, within.maria, other)
    assert search(within.sam, "ion@example") == []


def test_the_database_itself_refuses_two_primaries(within):
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.create(account=within.account, client=within.maria, name="Two", is_primary=True)


def test_changing_numbers_changes_list_and_search(within):
    primary = Contact.objects.get(client_id=within.maria.pk, is_primary=True)
    actions.update_contact(
        within.sam, within.maria, primary, ContactInput("Maria", phones=[PointInput("021 315 0000")])
    )
    client = Client.objects.get(pk=within.maria.pk)
    assert (client.email, client.phone, client.has_mobile) == ("", "+40213150000", False)
    assert search(within.sam, "112908") == []


def test_wrong_values_are_named_by_their_place(within):
    typed = ContactInput("X", emails=[PointInput("ok@example.com"), PointInput("bad")], phones=[PointInput("abc")])
    with pytest.raises(Invalid) as refused:
        actions.add_contact(within.sam, within.maria, typed)
    assert set(refused.value.errors) == {"emails.1", "phones.0"}


def test_the_page_adds_a_contact_and_shows_wrong_rows(cast, browser_of):
    browser, address = browser_of(cast.sam), reverse("clients:contact_new", args=[cast.maria.pk])
    assert browser.get(address).status_code == 200
    wrong = browser.post(
        address, FORMSETS | {"name": "Ion", "emails-0-value": "ion@example.com", "emails-1-value": "nope"}
    )
    assert wrong.status_code == 422 and 'id="id_emails-1-error"' in wrong.content.decode()
    right = browser.post(
        address, FORMSETS | {"name": "Ion", "emails-0-value": "ion@example.com", "address-city": "Cluj"}
    )
    assert right.status_code == 302
    html = browser.get(reverse("clients:contacts", args=[cast.maria.pk])).content.decode()
    assert "ion@example.com" in html and "Cluj" in html


def test_the_page_edits_without_losing_rows(cast, browser_of):
    with account_context(cast.account):
        contact = Contact.objects.get(client_id=cast.maria.pk, is_primary=True)
    address = reverse("clients:contact_edit", args=[cast.maria.pk, contact.pk])
    html = browser_of(cast.sam).get(address).content.decode()
    assert "maria@example.com" in html and "+40745112908" in html


def test_a_contact_of_another_client_is_missing(cast, browser_of, api_of):
    with account_context(cast.account):
        contact = Contact.objects.get(client_id=cast.victor.pk)
    address = reverse("clients:contact_edit", args=[cast.maria.pk, contact.pk])
    assert browser_of(cast.sam).get(address).status_code == 404
    assert api_of(cast.sam).delete(f"/api/v1/clients/{cast.maria.pk}/contacts/{contact.pk}").status_code == 404


def test_addresses_are_added_changed_and_removed(cast, browser_of, api_of):
    browser = browser_of(cast.sam)
    browser.post(reverse("clients:address_new", args=[cast.maria.pk]), {"city": "Oradea", "street": "Str. Lungă 1"})
    found = api_of(cast.sam).get(f"/api/v1/clients/{cast.maria.pk}").json()["addresses"]
    assert found[0]["city"] == "Oradea"
    edit = reverse("clients:address_edit", args=[cast.maria.pk, found[0]["id"]])
    assert browser.post(edit, {"city": "Arad"}).status_code == 302
    assert browser.post(edit, {}).status_code == 422
    browser.post(reverse("clients:address_remove", args=[cast.maria.pk, found[0]["id"]]))
    assert api_of(cast.sam).get(f"/api/v1/clients/{cast.maria.pk}").json()["addresses"] == []

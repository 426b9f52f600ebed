"""A client sees, adds, changes and removes their own contacts (C7, L6)."""

import pytest

from frontdesk.activity.models import Activity
from frontdesk.clients.models import Client, Contact, ContactPoint
from frontdesk.core.tenancy.context import account_context

FORMS = {"emails-TOTAL_FORMS": "1", "emails-INITIAL_FORMS": "0", "phones-TOTAL_FORMS": "1", "phones-INITIAL_FORMS": "0"}


def address(client, rest=""):
    """An address below a client's details."""
    return f"/portal/clients/{client.pk}/details/{rest}"


def primary(cast, client):
    """The client's primary contact."""
    with account_context(cast.account):
        return Contact.objects.get(client=client, is_primary=True)


@pytest.fixture
def father(cast):
    """A second contact of Maria's."""
    with account_context(cast.account):
        return Contact.objects.create(account=cast.account, client=cast.maria, name="Ion Ionescu", role="Father")


def test_a_contact_is_added(cast, browser_of):
    """C7: several contacts with phones and e-mails."""
    browser = browser_of(cast.mia)
    assert browser.get(address(cast.maria, "contacts/new/")).status_code == 200
    typed = {**FORMS, "name": "Elena", "phones-0-value": "0745 000 111", "emails-0-value": "e@example.com"}
    answer = browser.post(address(cast.maria, "contacts/new/"), typed)
    assert answer.status_code == 302 and answer["Location"] == address(cast.maria)
    text = browser.get(address(cast.maria)).content.decode()
    assert "Elena" in text and "+40 745 000 111" in text and "e@example.com" in text
    with account_context(cast.account):
        assert Activity.objects.get(verb="contact.added").actor_id == cast.mia.pk
        assert not Contact.objects.get(name="Elena").is_primary


def test_the_primary_contact_is_changed_and_the_record_follows(cast, browser_of):
    """C7."""
    contact = primary(cast, cast.maria)
    browser = browser_of(cast.mia)
    form = browser.get(address(cast.maria, f"contacts/{contact.pk}/")).content.decode()
    assert "maria@example.com" in form
    typed = {**FORMS, "name": "Maria I.", "emails-0-value": "new@example.com", "phones-0-value": "",
             "address-street": "Strada Florilor 3", "address-city": "Iași"}  # fmt: skip
    assert browser.post(address(cast.maria, f"contacts/{contact.pk}/"), typed).status_code == 302
    with account_context(cast.account):
        assert Client.objects.get(pk=cast.maria.pk).email == "new@example.com"
        assert Contact.objects.get(pk=contact.pk).is_primary
    assert "Strada Florilor 3" in browser.get(address(cast.maria)).content.decode()


def test_what_is_wrong_is_said_at_its_field(cast, browser_of):
    """C7: nothing is saved and what was typed stays."""
    typed = {**FORMS, "name": "Elena", "phones-0-value": "12", "emails-0-value": "nonsense"}
    answer = browser_of(cast.mia).post(address(cast.maria, "contacts/new/"), typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "is not a phone number" in text and "is not an e-mail address" in text and 'value="nonsense"' in text
    with account_context(cast.account):
        assert not Contact.objects.filter(name="Elena").exists()
    nameless = browser_of(cast.mia).post(address(cast.maria, "contacts/new/"), FORMS)
    assert nameless.status_code == 422


def test_a_second_contact_is_removed_and_the_primary_one_is_not(cast, browser_of, father):
    """C7: the primary is never missing."""
    browser = browser_of(cast.mia)
    text = browser.get(address(cast.maria)).content.decode()
    contact = primary(cast, cast.maria)
    assert f"{father.pk}/remove/" in text and f"{contact.pk}/remove/" not in text
    browser.post(address(cast.maria, f"contacts/{father.pk}/remove/"))
    refused = browser.post(address(cast.maria, f"contacts/{contact.pk}/remove/"), follow=True)
    assert "primary contact cannot be removed" in refused.content.decode()
    with account_context(cast.account):
        assert [row.pk for row in Contact.objects.filter(client=cast.maria)] == [contact.pk]


@pytest.mark.parametrize("who", ["vic", "greta", "ana", "cora"])
def test_nobody_else_touches_them(cast, browser_of, father, who):
    """P1, L7."""
    browser = browser_of(cast.people[who])
    expected = 404 if who == "vic" else 403
    edit = address(cast.maria, f"contacts/{father.pk}/")
    assert browser.get(edit).status_code == expected
    assert browser.post(edit, {**FORMS, "name": "Changed"}).status_code == expected
    assert browser.post(edit + "remove/").status_code == expected
    assert browser.post(address(cast.maria, "contacts/new/"), {**FORMS, "name": "New"}).status_code == expected
    with account_context(cast.account):
        assert {row.name for row in Contact.objects.filter(client=cast.maria)} == {"Maria Ionescu", "Ion Ionescu"}


def test_the_contact_of_another_client_is_not_found_under_ones_own(cast, browser_of):
    """P1: ids are swapped in vain."""
    foreign = primary(cast, cast.victor)
    browser = browser_of(cast.mia)
    edit = address(cast.maria, f"contacts/{foreign.pk}/")
    assert browser.get(edit).status_code == 404
    assert browser.post(edit, {**FORMS, "name": "Stolen"}).status_code == 404
    assert browser.post(edit + "remove/").status_code == 404
    with account_context(cast.account):
        assert ContactPoint.objects.filter(contact=foreign).count() == 1

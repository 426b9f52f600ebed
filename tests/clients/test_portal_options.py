"""What clients may do in the portal: for all, for one, obeyed by pages and API at once (P12)."""

import pytest
from django.urls import reverse

from frontdesk.activity.models import Activity
from frontdesk.clients import actions
from frontdesk.clients.models import Client
from frontdesk.clients.options import allowed
from frontdesk.core.errors import Forbidden, Invalid
from frontdesk.core.tenancy.context import account_context

CLOSED = {"details": ("details/", "contacts"), "availability": ("availability/", "availability")}


def page(cast, section=""):
    return f"/portal/clients/{cast.maria.pk}/{section}"


def api(cast, section):
    return f"/api/v1/portal/clients/{cast.maria.pk}/{section}"


@pytest.mark.parametrize("key", CLOSED)
def test_what_is_off_for_all_is_closed_in_pages_and_api_at_once(cast, browser_of, api_of, key):
    section, operation = CLOSED[key]
    mia, program = browser_of(cast.mia), api_of(cast.mia)
    assert mia.get(page(cast, section)).status_code == program.get(api(cast, operation)).status_code == 200
    with account_context(cast.account):
        actions.set_portal_options(cast.ana, {key: False})
    assert mia.get(page(cast, section)).status_code == program.get(api(cast, operation)).status_code == 403
    home = mia.get(page(cast)).content.decode()
    assert page(cast, section) not in home, "neither the navigation nor the page leads there"


@pytest.mark.parametrize("key", CLOSED)
def test_one_client_may_be_treated_differently_in_both_directions(within, browser_of, key):
    actions.set_portal_options(within.ana, {key: False})
    actions.set_client_options(within.sam, within.maria, {key: True})
    assert allowed(within.mia, Client.objects.get(pk=within.maria.pk), key)
    assert not allowed(within.mia, within.victor, key)
    actions.set_client_options(within.sam, within.maria, {key: None})
    assert not allowed(within.mia, Client.objects.get(pk=within.maria.pk), key)


def test_what_is_withheld_cannot_be_written_either(within):
    actions.set_client_options(within.sam, within.maria, {"availability": False, "details": False})
    with pytest.raises(Forbidden):
        actions.set_availability(within.mia, within.maria, [])
    with pytest.raises(Forbidden):
        actions.remove_contact(within.mia, within.maria, within.maria.contacts.get())
    actions.set_availability(within.sam, within.maria, [])


def test_contact_details_of_the_team_are_shown_or_only_the_names(cast, browser_of, api_of):
    cast.cora.phone = "+40711111111"
    cast.cora.save()
    with account_context(cast.account):
        actions.set_client_options(cast.sam, cast.maria, {"team_contacts": False})
    for person in (cast.mia, cast.greta):
        html = browser_of(person).get(page(cast, "team/")).content.decode()
        assert "Cora" in html and cast.cora.email not in html and "711111111" not in html
        assert api_of(person).get(api(cast, "team")).json()["data"][0]["email"] == ""
    with account_context(cast.account):
        actions.set_client_options(cast.sam, cast.maria, {"team_contacts": None})
    assert cast.cora.email in browser_of(cast.mia).get(page(cast, "team/")).content.decode()


def test_the_settings_page_chooses_for_all(cast, browser_of):
    ana, address = browser_of(cast.ana), reverse("client_settings:portal")
    assert "Their availability" in ana.get(address).content.decode()
    assert ana.post(address, {"option-details": "on"}).status_code == 302
    cast.account.refresh_from_db()
    assert cast.account.portal_options["details"] and not cast.account.portal_options["availability"]
    assert browser_of(cast.sam).get(address).status_code == 403


def test_the_clients_page_chooses_for_one_in_three_states(cast, browser_of):
    sam, address = browser_of(cast.sam), reverse("clients:client_options", args=[cast.maria.pk])
    sam.post(address, {"option-details": "no", "option-availability": ""})
    with account_context(cast.account):
        cast.maria.refresh_from_db()
    assert cast.maria.portal_options == {"details": False}
    assert "As for all: yes" in sam.get(reverse("clients:portal", args=[cast.maria.pk])).content.decode()
    sam.post(address, {"option-details": "perhaps"})
    sam.post(address, {"option-details": ""})
    with account_context(cast.account):
        cast.maria.refresh_from_db()
    assert cast.maria.portal_options == {}
    assert browser_of(cast.cora).post(address, {"option-details": "no"}).status_code == 403
    assert browser_of(cast.other.olga).post(address, {"option-details": "no"}).status_code == 404


def test_the_api_chooses_and_refuses_unknown_options(cast, api_of):
    ana, one = api_of(cast.ana), f"/api/v1/clients/{cast.maria.pk}/portal-options"
    patch = {"content_type": "application/json"}
    answer = ana.patch("/api/v1/account/portal-options", {"options": {"details": False}}, **patch)
    assert {row["key"]: row["allowed"] for row in answer.json()["data"]}["details"] is False
    answer = ana.patch(one, {"options": {"details": True}}, **patch)
    assert [row["own"] for row in answer.json()["data"] if row["key"] == "details"] == [True]
    refused = ana.patch(one, {"options": {"payments": True}}, **patch)
    assert refused.status_code == 422 and refused.json()["errors"][0]["field"] == "options.payments"
    assert api_of(cast.sam).patch("/api/v1/account/portal-options", {"options": {}}, **patch).status_code == 403
    assert api_of(cast.cole).get(one).status_code == 404


def test_a_change_is_recorded_with_what_it_was_and_nothing_changed_is_not(within):
    actions.set_client_options(within.sam, within.maria, {"details": False})
    actions.set_client_options(within.sam, within.maria, {"details": False})
    row = Activity.objects.get(verb="client.portal_options")
    assert row.data == {"before": {"details": None}, "after": {"details": False}}


def test_nothing_is_chosen_when_one_of_the_options_is_unknown(within):
    with pytest.raises(Invalid):
        actions.set_portal_options(within.ana, {"details": False, "no such": True})
    within.account.refresh_from_db()
    assert within.account.portal_options == {}


def test_a_parent_arrives_where_the_section_is_open(cast, browser_of):
    """C13: switching to a child for whom the section is closed leads to that child's first page."""
    with account_context(cast.account):
        actions.set_client_options(cast.sam, cast.radu, {"availability": False})
    html = browser_of(cast.dan).get(f"/portal/clients/{cast.ioana.pk}/availability/").content.decode()
    assert f'href="/portal/clients/{cast.radu.pk}/"' in html

"""Changing clients: details, status, tags, team, deletion (C1, C9, C14)."""

import pytest
from django.urls import reverse

from frontdesk.accounts.models import Member
from frontdesk.activity.models import Activity
from frontdesk.clients import actions, queries
from frontdesk.clients.models import Assignment, Client, ClientAccess
from frontdesk.core.errors import Conflict, Forbidden, Invalid
from frontdesk.core.tenancy.context import account_context
from frontdesk.search.queries import search


def verbs(client) -> list[str]:
    return list(Activity.objects.filter(client_id=client.pk).order_by("id").values_list("verb", flat=True))


def test_a_changed_name_is_found_and_its_contacts_names_stay(within):
    actions.update_client(within.sam, within.maria, {"name": "Casa Pop"})
    assert [hit.title for hit in search(within.sam, "casa pop")] == ["Casa Pop"]
    assert [hit.title for hit in search(within.sam, "ionescu")] == ["Casa Pop"], "the contact still bears the old name"
    assert verbs(within.maria) == ["client.changed"]


def test_saving_without_a_change_records_nothing(within):
    actions.update_client(within.sam, within.maria, {"name": "Maria Ionescu"})
    assert verbs(within.maria) == []


def test_the_status_moves_the_counters(within):
    before = queries.status_counts(within.sam)
    actions.set_status(within.sam, within.maria, "prospect")
    after = queries.status_counts(within.sam)
    assert (after["active"], after["prospect"]) == (before["active"] - 1, before["prospect"] + 1)
    assert after["all"] == before["all"]


def test_an_inactive_client_cannot_sign_in_until_active_again(cast, browser_of):
    """C1, P7: open sessions end with the next request; activating restores."""
    portal = browser_of(cast.mia)
    assert portal.get(reverse("portal:home"), follow=True).status_code == 200
    with account_context(cast.account):
        actions.set_status(cast.sam, cast.maria, "inactive")
    assert Member.objects.get(pk=cast.mia.pk).status == "inactive"
    assert portal.get(reverse("portal:home")).status_code == 302
    with account_context(cast.account):
        actions.set_status(cast.sam, cast.maria, "active")
    assert Member.objects.get(pk=cast.mia.pk).status == "active"


def test_a_parent_of_two_keeps_access_while_one_child_is_active(within):
    actions.set_status(within.sam, within.ioana, "inactive")
    assert Member.objects.get(pk=within.dan.pk).status == "active"
    actions.set_status(within.sam, within.radu, "inactive")
    assert Member.objects.get(pk=within.dan.pk).status == "inactive"


def test_an_unknown_status_is_refused(within):
    with pytest.raises(Invalid):
        actions.set_status(within.sam, within.maria, "gone")


def test_assignment_lets_a_coworker_see_the_client_and_ending_it_hides_it(cast, browser_of):
    """C9: the row is what lets them see."""
    browser, address = browser_of(cast.cole), reverse("clients:show", args=[cast.victor.pk])
    assert browser.get(address).status_code == 404
    with account_context(cast.account):
        actions.assign(cast.sam, cast.victor, [cast.cole.pk])
    assert browser.get(address).status_code == 200
    with account_context(cast.account):
        actions.unassign(cast.sam, cast.victor, cast.cole.pk)
    assert browser.get(address).status_code == 404


def test_only_active_people_of_ones_own_team_can_be_assigned(within):
    for outsider in (within.other.oscar, within.mia, within.dora):
        with pytest.raises(Invalid):
            actions.assign(within.sam, within.victor, [outsider.pk])
    assert not Assignment.objects.filter(client_id=within.victor.pk).exists()


def test_the_team_page_sets_the_team(cast, browser_of):
    browser, address = browser_of(cast.sam), reverse("clients:team", args=[cast.maria.pk])
    assert "Cora" in browser.get(address).content.decode()
    assert browser.post(address, {"members": [str(cast.cole.pk), str(cast.sam.pk)]}).status_code == 302
    with account_context(cast.account):
        served = set(Assignment.objects.filter(client_id=cast.maria.pk).values_list("member_id", flat=True))
    assert served == {cast.cole.pk, cast.sam.pk}


def test_tags_ignore_case_and_accents(within):
    actions.set_tags(within.sam, within.maria, ["Recomandat", "école"])
    actions.set_tags(within.sam, within.victor, ["RECOMANDAT", "Ecole"])
    assert len(queries.all_tags()) == 2


def test_a_client_with_portal_access_cannot_be_deleted_and_says_why(cast, browser_of):
    """C14: the refusal says what stands in the way and offers inactive or prospect; once removed, delete works."""
    browser, address = browser_of(cast.ana), reverse("clients:delete", args=[cast.maria.pk])
    html = browser.get(address).content.decode()
    assert "portal access" in html and 'value="inactive"' in html and 'value="prospect"' in html
    assert browser.post(address).status_code == 409
    with account_context(cast.account):
        for member_id in list(ClientAccess.objects.filter(client_id=cast.maria.pk).values_list("member_id", flat=True)):
            actions.close_access(cast.ana, cast.maria, member_id)
    assert browser.post(address).status_code == 302
    with account_context(cast.account):
        assert not Client.objects.filter(pk=cast.maria.pk).exists()
        assert search(cast.ana, "ionescu") == []


def test_only_admins_delete(within):
    with pytest.raises(Forbidden):
        actions.delete_client(within.sam, within.radu)


def test_deleting_with_reasons_is_a_conflict(within):
    with pytest.raises(Conflict):
        actions.delete_client(within.ana, within.maria)


def test_the_api_changes_all_fields_or_none(cast, api_of):
    api, address = api_of(cast.sam), f"/api/v1/clients/{cast.maria.pk}"
    refused = api.patch(address, {"status": "prospect", "reference": "x" * 100}, content_type="application/json")
    assert refused.status_code == 422
    with account_context(cast.account):
        assert Client.objects.get(pk=cast.maria.pk).status == "active"
    changed = api.patch(address, {"status": "prospect", "tags": ["New"]}, content_type="application/json")
    assert changed.json()["status"] == "prospect" and changed.json()["tags"][0]["name"] == "New"


def test_undoing_a_status_change_is_one_post(cast, browser_of):
    browser, address = browser_of(cast.sam), reverse("clients:status", args=[cast.maria.pk])
    page = browser.post(address, {"status": "inactive"}, follow=True).content.decode()
    assert f"{address}?status=active" in page
    browser.post(f"{address}?status=active")
    with account_context(cast.account):
        assert Client.objects.get(pk=cast.maria.pk).status == "active"

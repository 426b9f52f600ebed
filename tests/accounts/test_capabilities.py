"""What co-workers may do beyond their role: for all, for one (P13)."""

import pytest
from django.urls import reverse

from frontdesk.accounts import actions
from frontdesk.accounts.models import Member
from frontdesk.clients import access
from frontdesk.clients import actions as clients
from frontdesk.clients.models import Client
from frontdesk.clients.values import ClientInput
from frontdesk.core.errors import Conflict, Forbidden
from frontdesk.core.permissions import all_permissions, capabilities, holds, permission
from frontdesk.core.tenancy.context import account_context


def fresh(member) -> Member:
    return Member.objects.select_related("account", "user").get(pk=member.pk)


def test_a_capability_for_all_reaches_every_coworker_and_nobody_else(within):
    actions.set_team_options(within.ana, {"edit_clients": True})
    assert fresh(within.cora).may("clients.client:edit") and fresh(within.cole).may("clients.client:edit")
    assert not fresh(within.mia).may("clients.client:edit")
    assert not fresh(within.other.oscar).may("clients.client:edit")


def test_one_person_may_be_treated_differently_in_both_directions(within):
    actions.set_member_options(within.ana, within.cora, {"export_clients": True})
    assert fresh(within.cora).may("clients.client:export") and not fresh(within.cole).may("clients.client:export")
    actions.set_team_options(within.ana, {"export_clients": True})
    actions.set_member_options(within.ana, within.cora, {"export_clients": False})
    assert not fresh(within.cora).may("clients.client:export") and fresh(within.cole).may("clients.client:export")


def test_seeing_all_clients_is_taken_back_at_once(cast, browser_of, api_of):
    cole, address = browser_of(cast.cole), reverse("clients:show", args=[cast.maria.pk])
    assert cole.get(address).status_code == 404
    for allowed, status in ((True, 200), (False, 404)):
        with account_context(cast.account):
            actions.set_member_options(cast.ana, cast.cole, {"see_all_clients": allowed})
        assert cole.get(address).status_code == status
        assert api_of(cast.cole).get(f"/api/v1/clients/{cast.maria.pk}").status_code == status
        assert ("Maria" in cole.get("/search/palette/?q=maria").content.decode()) is allowed


def test_editing_stays_with_whom_they_serve(within):
    actions.set_team_options(within.ana, {"edit_clients": True})
    cora = fresh(within.cora)
    assert access.get_client(cora, within.maria.pk, "clients.client:edit") == within.maria
    with pytest.raises(Exception, match="client"):
        access.get_client(cora, within.victor.pk, "clients.client:edit")


def test_a_coworker_serves_whom_they_add(within):
    actions.set_member_options(within.ana, within.cole, {"add_clients": True})
    cole = fresh(within.cole)
    made = clients.create_client(cole, ClientInput(name="New Person"))
    assert list(access.clients_for(cole)) == [made]
    with pytest.raises(Forbidden):
        clients.create_client(fresh(within.cora), ClientInput(name="New Person"))


def test_a_token_is_still_narrowed_by_its_scopes(within):
    actions.set_member_options(within.ana, within.cole, {"edit_clients": True, "see_all_clients": True})
    cole = fresh(within.cole)
    cole.scopes = frozenset({"clients:read"})
    assert not cole.may("clients.client:edit")
    assert Client.objects.count() == access.clients_for(cole).count()


def test_a_token_that_only_writes_reaches_the_same_clients(cast, api_of):
    api = api_of(cast.sam, scopes=["clients:write"])
    assert api.post(f"/api/v1/clients/{cast.maria.pk}/notes", {"body": "Noted."}).status_code == 201


def test_what_belongs_to_admins_cannot_be_lent():
    lent = {name for option in capabilities for name in option.rights}
    assert all("staff" in permission(name).roles for name in lent)
    admins = [right.name for right in all_permissions() if right.roles == frozenset({"admin"})]
    assert not any(holds("coworker", None, name, lambda option: True) for name in admins)


def test_other_roles_have_no_capabilities(within):
    for person in (within.sam, within.mia):
        with pytest.raises(Conflict):
            actions.set_member_options(within.ana, person, {"edit_clients": True})
    with pytest.raises(Forbidden):
        actions.set_member_options(within.sam, within.cole, {"edit_clients": True})


def test_pages_and_api_choose(cast, browser_of, api_of):
    ana = browser_of(cast.ana)
    assert ana.post(reverse("accounts:team_options"), {"option-add_clients": "on"}).status_code == 302
    assert "Export clients" in ana.get(reverse("accounts:team_options")).content.decode()
    cast.account.refresh_from_db()
    assert cast.account.team_options["add_clients"] and not cast.account.team_options["export_clients"]
    ana.post(reverse("accounts:member_options", args=[cast.cora.pk]), {"option-edit_clients": "yes"})
    assert "As for all: yes" in ana.get(reverse("accounts:member", args=[cast.cora.pk])).content.decode()
    address = f"/api/v1/members/{cast.cora.pk}/options"
    rows = {row["key"]: row for row in api_of(cast.sam).get(address).json()["data"]}
    assert rows["edit_clients"]["own"] is True and rows["add_clients"]["allowed"] and not rows["add_clients"]["own"]
    patch = {"content_type": "application/json"}
    changed = api_of(cast.ana).patch(address, {"options": {"edit_clients": None}}, **patch).json()["data"]
    assert [row["allowed"] for row in changed if row["key"] == "edit_clients"] == [False]
    assert api_of(cast.sam).patch(address, {"options": {}}, **patch).status_code == 403
    assert api_of(cast.ana).patch(f"/api/v1/members/{cast.mia.pk}/options", {"options": {}}, **patch).status_code == 409

"""Guests: who may invite them, each for exactly one client, and what they see (C16, P1, P2, L7)."""

import pytest
from django.urls import reverse

from frontdesk.accounts.models import Member
from frontdesk.clients import access, actions
from frontdesk.clients.actions import GuestInput
from frontdesk.clients.models import Client, ClientAccess, PastGrant
from frontdesk.clients.values import ClientInput
from frontdesk.core.errors import Conflict, Forbidden, Invalid, Missing
from frontdesk.core.tenancy.context import account_context

from ..accounts.helpers import is_signed_in, sign_in_with

GRACE = GuestInput("Grace", email="grace@example.com")


@pytest.mark.parametrize("who", ["ana", "sam", "cora", "mia"])
def test_office_assigned_coworker_and_the_client_itself_invite(within, who):
    member, once = actions.add_guest(within.people[who], within.maria, GRACE)
    assert (member.role, member.status, once) == ("guest", "invited", {})
    assert list(access.clients_for(member)) == [within.maria]


@pytest.mark.parametrize("who", ["greta", "gil"])
def test_guests_do_not_invite(within, who):
    with pytest.raises(Forbidden):
        actions.add_guest(within.people[who], within.maria, GRACE)


def test_a_coworker_who_is_not_assigned_finds_nothing(cast, browser_of, api_of):
    address = f"/api/v1/clients/{cast.maria.pk}/guests"
    assert api_of(cast.cole).post(address, {"name": "Grace", "email": "g@example.com"}).status_code == 404
    assert browser_of(cast.cole).get(reverse("clients:guests", args=[cast.maria.pk])).status_code == 404


def test_nobody_is_invited_before_a_coworker_is_assigned(within, browser_of):
    with pytest.raises(Conflict):
        actions.add_guest(within.sam, within.victor, GRACE)
    html = browser_of(within.sam).get(reverse("clients:guests", args=[within.victor.pk])).content.decode()
    assert "as soon as a co-worker is assigned" in html and "Add a guest" not in html
    actions.assign(within.sam, within.victor, [within.cole.pk])
    actions.add_guest(within.sam, within.victor, GRACE)


def test_a_guest_serves_exactly_one_client(within):
    """The office is told whose the address is, others only that it cannot be invited."""
    actions.assign(within.sam, within.victor, [within.cole.pk])
    with pytest.raises(Invalid, match="Greta is a guest of somebody else"):
        actions.add_guest(within.sam, within.victor, GuestInput("Greta", email=within.greta.email))
    for address in (within.greta.email, within.mia.email, within.cora.email):
        with pytest.raises(Invalid, match="cannot be invited"):
            actions.add_guest(within.vic, within.victor, GuestInput("Somebody", email=address))
    assert ClientAccess.objects.filter(member=within.greta).count() == 1


def test_a_guest_cannot_become_the_client_of_another_record_by_their_address(within):
    made = actions.create_client(within.sam, ClientInput(name="Grete"))
    contact = made.contacts.get()
    contact.points.create(account=within.account, kind="email", value=within.greta.email, normal=within.greta.email)
    with pytest.raises(Invalid, match="who is a guest"):
        Client.objects.filter(pk=made.pk).update(email=within.greta.email)
        actions.invite_client(within.sam, Client.objects.get(pk=made.pk))


def test_a_guest_with_a_username_signs_in_and_is_switched_off_on_and_removed(cast):
    with account_context(cast.account):
        member, once = actions.add_guest(cast.cora, cast.maria, GuestInput("Grace", "password", username="Grace.G"))
    answer, browser = sign_in_with(once["login"], once["password"])
    assert answer.status_code == 302
    with account_context(cast.account):
        actions.switch_guest_off(cast.mia, cast.maria, member.pk)
    assert not is_signed_in(browser)
    with account_context(cast.account):
        actions.switch_guest_on(cast.cora, cast.maria, member.pk)
        assert Member.objects.get(pk=member.pk).status == "active"
        actions.remove_guest(cast.mia, cast.maria, member.pk)
        assert not ClientAccess.objects.filter(member=member).exists()
        past = PastGrant.objects.get(member=member)
    assert (past.kind, past.granted_by_id, past.ended_by_id) == ("access", cast.cora.pk, cast.mia.pk)
    assert Member.objects.get(pk=member.pk).user_id is None


def test_only_guests_of_the_client_are_touched(within):
    for person in (within.gil, within.mia, within.cora):
        with pytest.raises(Missing):
            actions.remove_guest(within.sam, within.maria, person.pk)


def test_what_is_withheld_from_a_client_ends_their_inviting_at_once(within, browser_of):
    actions.set_client_options(within.sam, within.maria, {"guests": False})
    with pytest.raises(Forbidden):
        actions.add_guest(within.mia, within.maria, GRACE)
    mia = browser_of(within.mia)
    assert mia.get(f"/portal/clients/{within.maria.pk}/guests/").status_code == 403
    assert "/guests/" not in mia.get(f"/portal/clients/{within.maria.pk}/").content.decode()
    actions.add_guest(within.cora, within.maria, GRACE)


@pytest.mark.parametrize(("who", "prefix"), [("cora", "clients"), ("mia", "portal")])
def test_pages_add_show_once_and_act(cast, browser_of, who, prefix):
    browser = browser_of(cast.people[who])
    listed = reverse("clients:guests" if prefix == "clients" else "portal:client_guests", args=[cast.maria.pk])
    add = reverse(f"{prefix}:guest_add", args=[cast.maria.pk])
    assert "Greta" in browser.get(listed).content.decode()
    refused = browser.post(add, {"name": "Grace", "method": "mail", "email": ""})
    assert refused.status_code == 422 and 'value="Grace"' in refused.content.decode()
    linked = browser.post(add, {"name": "Grace", "method": "link", "email": "grace@example.com"})
    assert "/invitation/" in linked.content.decode() and linked["Cache-Control"] == "no-store"
    with account_context(cast.account):
        grace = Member.objects.get(account=cast.account, email="grace@example.com")
    one = reverse(f"{prefix}:guest", args=[cast.maria.pk, grace.pk])
    for verb in ("invite", "off", "on", "nonsense"):
        assert browser.post(one, {"do": verb}, follow=True).status_code == 200, verb
    assert "/invitation/" in browser.post(one, {"do": "link"}).content.decode()
    assert browser.post(one, {"do": "remove"}, follow=True).status_code == 200
    assert "Grace" not in browser.get(listed).content.decode().replace("grace@", "")
    assert browser.post(one, {"do": "off"}).status_code == 404


@pytest.mark.parametrize(("who", "root"), [("cora", "/api/v1"), ("mia", "/api/v1/portal")])
def test_the_api_adds_lists_and_acts(cast, api_of, who, root):
    api, address = api_of(cast.people[who]), f"{root}/clients/{cast.maria.pk}/guests"
    made = api.post(address, {"name": "Grace", "method": "password", "username": "grace.g"})
    assert made.status_code == 201 and made.json()["password"]
    one = f"{address}/{made.json()['member_id']}"
    assert api.post(one + "/deactivate").json()["state"] == "inactive"
    assert api.post(one + "/activate").json()["state"] == "active"
    assert api.post(one + "/invitation").status_code == 409
    assert api.delete(one).status_code == 204
    assert [row["name"] for row in api.get(address).json()["data"]] == ["Greta"]
    assert api.post(address, {"name": "Grace", "method": "mail"}).status_code == 422


def test_guests_do_not_count_as_portal_access_of_the_client(within):
    actions.assign(within.sam, within.ioana, [within.cole.pk])
    actions.close_access(within.sam, within.ioana, within.dan.pk)
    actions.add_guest(within.cole, within.ioana, GRACE)
    assert not Client.objects.get(pk=within.ioana.pk).has_portal


def test_a_group_has_members_of_its_own(cast, browser_of):
    """P2: co-workers are assigned to a group and guests take part; both stand on its page."""
    with account_context(cast.account):
        group = actions.create_client(cast.sam, ClientInput(name="Choir", kind="group"))
        actions.assign(cast.sam, group, [cast.cole.pk])
        member, _once = actions.add_guest(cast.cole, group, GRACE)
        assert list(access.clients_for(member)) == [group]
        assert group in access.clients_for(cast.cole) and group not in access.clients_for(cast.cora)
    html = browser_of(cast.cole).get(reverse("clients:guests", args=[group.pk])).content.decode()
    assert "Members" in html and "Cole" in html and "Grace" in html

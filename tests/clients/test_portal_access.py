"""Portal access from the client's record (P5, P6): invite, username, taking away."""

import pytest
from django.urls import reverse

from frontdesk.accounts.models import Member
from frontdesk.clients import actions
from frontdesk.clients.models import Client, ClientAccess
from frontdesk.clients.values import ClientInput, ContactInput, PointInput
from frontdesk.core.errors import Conflict, Forbidden, Invalid
from frontdesk.core.tenancy.context import account_context


def new_client(cast, email="new@example.com", **fields) -> Client:
    contact = ContactInput("New Person", emails=[PointInput(email)] if email else [])
    return actions.create_client(cast.sam, ClientInput(name="New Person", contact=contact, **fields))


def test_invite_is_hidden_with_its_reason_until_there_is_an_email(cast, browser_of):
    """P5: no e-mail on the primary contact, no Invite; it appears once the e-mail is filled in."""
    with account_context(cast.account):
        client = new_client(cast, email="")
    browser, address = browser_of(cast.sam), reverse("clients:portal", args=[client.pk])
    html = browser.get(address).content.decode()
    assert "no e-mail address" in html and reverse("clients:invite", args=[client.pk]) not in html
    with account_context(cast.account):
        with pytest.raises(Conflict):
            actions.invite_client(cast.sam, client)
        contact = client.contacts.get()
        actions.update_contact(cast.sam, client, contact, ContactInput("New", emails=[PointInput("n@example.com")]))
    assert reverse("clients:invite", args=[client.pk]) in browser.get(address).content.decode()


def test_inviting_makes_a_pending_member_with_access(within):
    client = new_client(within)
    member = actions.invite_client(within.sam, client)
    assert (member.role, member.status, member.user_id) == ("client", "invited", None)
    assert ClientAccess.objects.filter(client_id=client.pk, member=member).exists()
    assert Client.objects.get(pk=client.pk).has_portal


def test_a_parent_who_signs_in_already_gets_the_second_child_at_once(within):
    """C13: one parent may stand behind several records."""
    client = new_client(within, email=within.dan.email)
    assert actions.invite_client(within.sam, client) == within.dan


def test_a_colleagues_address_cannot_become_a_client(within):
    client = new_client(within, email=within.cora.email)
    with pytest.raises(Invalid):
        actions.invite_client(within.sam, client)


def test_a_username_and_temporary_password_let_them_in_until_taken_away(cast, client):
    """P6: sign-in without e-mail; removing it ends open sessions at once."""
    with account_context(cast.account):
        record = new_client(cast, email="")
        password = actions.open_sign_in(cast.sam, record, "new.person")
        member = ClientAccess.objects.get(client_id=record.pk).member
    answer = client.post(reverse("account_login"), {"login": "new.person", "password": password})
    assert answer.status_code == 302
    assert client.get(reverse("portal:home")).status_code == 302, "the temporary password must be changed first"
    with account_context(cast.account):
        actions.close_access(cast.sam, record, member.pk)
    assert client.get("/me/").status_code == 302
    client.logout()
    refused = client.post(reverse("account_login"), {"login": "new.person", "password": password})
    assert refused.status_code == 200 or refused.status_code == 422


def test_a_taken_username_is_refused(within):
    actions.open_sign_in(within.sam, new_client(within, email=""), "same.name")
    with pytest.raises(Invalid):
        actions.open_sign_in(within.sam, new_client(within, email=""), "Same.Name")


def test_coworkers_do_not_invite(within):
    with pytest.raises(Forbidden):
        actions.invite_client(within.cora, within.maria)


def test_an_inactive_client_is_not_invited(within):
    with pytest.raises(Conflict):
        actions.invite_client(within.sam, new_client(within, status="inactive"))


def test_closing_one_childs_access_keeps_the_parent_in_for_the_other(within):
    actions.close_access(within.sam, within.ioana, within.dan.pk)
    assert Member.objects.get(pk=within.dan.pk).status == "active"
    actions.close_access(within.sam, within.radu, within.dan.pk)
    assert Member.objects.get(pk=within.dan.pk).status != "active"


def test_the_api_invites_and_says_who_can_sign_in(cast, api_of):
    with account_context(cast.account):
        client = new_client(cast)
    api, address = api_of(cast.sam), f"/api/v1/clients/{client.pk}/portal"
    invited = api.post(address + "/invite")
    assert invited.status_code == 200 and invited.json()[0]["invitation"] == "pending"
    member_id = invited.json()[0]["member_id"]
    assert api.post(f"{address}/{member_id}/resend").status_code == 200
    assert api.delete(f"{address}/{member_id}").status_code == 204
    assert api.get(address).json() == []


def test_the_page_shows_every_state_and_the_verbs_work_from_it(cast, browser_of):
    """P4, P5: invited, link to hand over, sent again, taken away; a parent who signs in already."""
    with account_context(cast.account):
        client = new_client(cast)
    browser, address = browser_of(cast.sam), reverse("clients:portal", args=[client.pk])
    posted = browser.post(reverse("clients:invite", args=[client.pk]), follow=True)
    assert posted.status_code == 200 and "new@example.com" in posted.content.decode()
    with account_context(cast.account):
        member_id = ClientAccess.objects.get(client_id=client.pk).member_id
    for verb in ("resend", "link"):
        answer = browser.post(reverse(f"clients:{verb}", args=[client.pk, member_id]), follow=True)
        assert answer.status_code == 200, verb
    assert "/invitation/" in browser.post(reverse("clients:link", args=[client.pk, member_id])).content.decode()
    shown = browser.post(reverse("clients:sign_in", args=[cast.radu.pk]), {"username": "radu"})
    assert shown.status_code in (200, 422)
    assert browser.post(reverse("clients:close_access", args=[client.pk, member_id]), follow=True).status_code == 200
    with account_context(cast.account):
        sibling = new_client(cast, email=cast.dan.email)
    assert browser.post(reverse("clients:invite", args=[sibling.pk]), follow=True).status_code == 200
    assert "Dan" in browser.get(reverse("clients:portal", args=[sibling.pk])).content.decode()
    assert browser.get(address).status_code == 200


def test_a_secret_is_not_kept_for_a_repeated_request(cast, api_of):
    """The answer with a temporary password is stored nowhere; its repetition is a conflict."""
    with account_context(cast.account):
        client = new_client(cast, email="")
    api, address = api_of(cast.sam), f"/api/v1/clients/{client.pk}/portal/sign-in"
    first = api.post(address, {"username": "once.only"}, headers={"Idempotency-Key": "k1"})
    assert first.status_code == 200 and first.json()["temporary_password"]
    again = api.post(address, {"username": "once.only"}, headers={"Idempotency-Key": "k1"})
    assert again.status_code == 409 and first.json()["temporary_password"] not in again.content.decode()


def test_a_members_page_lists_whom_they_serve(cast, browser_of):
    """C9: from both sides."""
    html = browser_of(cast.sam).get(reverse("clients:served", args=[cast.cora.pk])).content.decode()
    assert "Maria Ionescu" in html and "Victor" not in html
    assert browser_of(cast.sam).get(reverse("clients:served", args=[cast.other.oscar.pk])).status_code == 404

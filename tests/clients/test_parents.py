"""A minor: the record bears the child's name, contact and sign-in belong to a parent (C13)."""

import pytest
from django.urls import reverse

from frontdesk.clients import access, actions
from frontdesk.clients.values import ClientInput, ContactInput, PointInput
from frontdesk.core.errors import Invalid
from frontdesk.core.tenancy.context import account_context


def child(cast, name, email="parent@example.com"):
    contact = ContactInput("Petra Parent", "mother", emails=[PointInput(email)] if email else [])
    return actions.create_client(cast.sam, ClientInput(name=name, contact=contact))


def test_the_invitation_goes_to_the_parent_and_the_record_keeps_the_childs_name(within):
    record = child(within, "Small Child")
    member = actions.invite_client(within.sam, record)
    assert (member.name, member.email, record.name) == ("Petra Parent", "parent@example.com", "Small Child")


def test_one_sign_in_reaches_all_children_and_switches_between_them(cast, browser_of):
    with account_context(cast.account):
        assert set(access.clients_for(cast.dan)) == {cast.ioana, cast.radu}
    dan = browser_of(cast.dan)
    html = dan.get(f"/portal/clients/{cast.ioana.pk}/details/").content.decode()
    assert f"/portal/clients/{cast.radu.pk}/details/" in html
    assert "Radu Popescu" in dan.get("/portal/").content.decode()
    assert dan.get(f"/portal/clients/{cast.maria.pk}/").status_code == 404


def test_a_parent_without_email_is_let_in_for_the_second_child_by_their_username(within, browser_of, api_of):
    first, second, third = (child(within, name, email="") for name in ("First", "Second", "Third"))
    actions.open_sign_in(within.sam, first, "petra")
    actions.share_access(within.sam, second, " PETRA ")
    shared = api_of(within.sam).post(f"/api/v1/clients/{third.pk}/portal/share", {"login": "petra"})
    assert [row["name"] for row in shared.json()] == ["Petra Parent"]
    member = second.accesses.get().member
    assert list(access.clients_for(member).order_by("name")) == [first, second, third]


@pytest.mark.parametrize(
    "login", ["", "no\0body", "nobody@example.com", "greta@folio.example", "cora@folio.example", "zed@other.example"]
)
def test_only_people_who_sign_in_for_a_client_of_the_account_are_shared(cast, browser_of, login):
    with account_context(cast.account), pytest.raises(Invalid):
        actions.share_access(cast.sam, cast.maria, login)
    refused = browser_of(cast.sam).post(reverse("clients:share", args=[cast.maria.pk]), {"login": login})
    assert refused.status_code == 422


def test_the_page_shares(cast, browser_of):
    answer = browser_of(cast.sam).post(
        reverse("clients:share", args=[cast.maria.pk]), {"login": cast.dan.email}, follow=True
    )
    assert "Dan now signs in here too" in answer.content.decode()

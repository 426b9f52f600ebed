"""Likely duplicates: found by e-mail, phone, name and date; merged or told apart, which can be undone (C18)."""

import pytest
from django.urls import reverse

from frontdesk.clients.custom.actions import FieldInput, add_field
from frontdesk.clients.distinct import finding
from frontdesk.clients.distinct.actions import tell_apart
from frontdesk.clients.distinct.models import NotDuplicate
from frontdesk.clients.merging.actions import merge
from frontdesk.clients.models import Client, ContactPoint
from frontdesk.core.errors import Forbidden, Invalid
from frontdesk.undo.actions import undo

from ..cast import client

PAGE, API = reverse("clients:likely"), "/api/v1/client-duplicates"


def found(actor, limit: int = 50) -> list[tuple]:
    """(by what, names) of every group, over all pages."""
    groups, after = [], ""
    while after is not None:
        part = finding.likely(actor, after, limit=limit)
        groups += part.groups
        after = part.after
    return [([by for by, _value in group.reasons], [row["name"] for row in group.clients]) for group in groups]


def children(cast) -> list:
    return [cast.ioana.pk, cast.radu.pk]


def test_the_same_address_and_the_same_number_are_found(within):
    assert found(within.sam) == [(["email"], ["Ioana Popescu", "Radu Popescu"])]
    client(within, "maria2", "M. Ionescu", email="maria@example.com", phone="+40745112908")
    assert found(within.sam)[1] == (["email", "phone"], ["Maria Ionescu", "M. Ionescu"])


def test_pages_go_on_where_the_last_ended(within):
    for number in range(5):
        for twice in "ab":
            client(within, f"{twice}{number}", f"Twin {twice}{number}", email=f"twin{number}@example.com")
    assert found(within.sam, limit=1) == found(within.sam) and len(found(within.sam)) == 6
    tell_apart(within.sam, children(within))
    assert len(found(within.sam, limit=1)) == 5


def test_the_same_name_counts_with_the_same_date(within):
    twin = client(within, "maria2", "María Ionescu")
    assert len(found(within.sam)) == 1
    born = add_field(within.ana, FieldInput("Born", "date"))
    for pk, day in ((within.maria.pk, "1980-05-01"), (twin.pk, "1981-05-01")):
        Client.objects.filter(pk=pk).update(custom={str(born.pk): day})
    assert len(found(within.sam)) == 1
    Client.objects.filter(pk=twin.pk).update(custom={str(born.pk): "1980-05-01"})
    assert found(within.sam)[1] == (["name"], ["Maria Ionescu", "María Ionescu"])


def test_what_many_share_and_one_client_alone_are_left_out(within):
    for number in range(finding.MOST + 1):
        client(within, f"c{number}", f"Office {number}", phone="+40213110000")
    contact = within.victor.contacts.get()
    for _twice in range(2):
        ContactPoint.objects.create(
            account=within.account, contact=contact, kind="email", value="v@x.example", normal="v@x.example"
        )
    assert [names for _by, names in found(within.sam)] == [["Ioana Popescu", "Radu Popescu"]]


def test_told_apart_they_are_gone_until_it_is_undone(within):
    change = tell_apart(within.sam, children(within))
    assert found(within.sam) == [] and NotDuplicate.objects.count() == 1
    tell_apart(within.sam, children(within)[::-1])
    assert NotDuplicate.objects.count() == 1
    undo(within.sam, change)
    assert len(found(within.sam)) == 1


def test_a_third_shows_the_group_again(within):
    tell_apart(within.sam, children(within))
    third = client(within, "dan2", "Dan Popescu", email="dan@example.com")
    assert found(within.sam) == [(["email"], ["Ioana Popescu", "Radu Popescu", "Dan Popescu"])]
    tell_apart(within.sam, [*children(within), third.pk])
    assert found(within.sam) == []


def test_a_merge_carries_it_on_and_its_undo_back(within):
    third = client(within, "dan2", "Dan Popescu", email="dan@example.com")
    tell_apart(within.sam, [within.ioana.pk, third.pk])
    tell_apart(within.sam, children(within))
    before = set(NotDuplicate.objects.values_list("one_id", "other_id"))
    change = merge(within.sam, within.radu, within.ioana)
    pairs = {frozenset(pair) for pair in NotDuplicate.objects.values_list("one_id", "other_id")}
    assert pairs == {frozenset({within.radu.pk, third.pk})} and found(within.sam) == []
    undo(within.sam, change)
    assert set(NotDuplicate.objects.values_list("one_id", "other_id")) == before


def test_only_those_who_may_merge(within):
    for actor in (within.cora, within.mia):
        with pytest.raises(Forbidden):
            finding.likely(actor)
        with pytest.raises(Forbidden):
            tell_apart(actor, children(within))
    for ids in ([], children(within)[:1], [within.ioana.pk, within.other.zoe.pk]):
        with pytest.raises(Invalid):
            tell_apart(within.sam, ids)


def test_the_number_of_queries_does_not_grow(within, django_assert_max_num_queries):
    for number in range(30):
        for twice in "ab":
            client(within, f"{twice}{number}", f"Twin {twice}{number}", email=f"twin{number}@example.com")
    with django_assert_max_num_queries(12):
        assert len(finding.likely(within.sam, limit=50).groups) == 31


def test_the_page_leads_to_merging_and_tells_apart(cast, browser_of):
    sam = browser_of(cast.sam)
    shown = sam.get(PAGE).content.decode()
    assert reverse("clients:merge", args=[cast.ioana.pk]) + f"?with={cast.radu.pk}" in shown
    apart = reverse("clients:tell_apart")
    gone = sam.post(apart, {"clients": [str(pk) for pk in children(cast)]}, follow=True).content.decode()
    assert "No duplicates found" in gone and "/undo/" in gone
    for sent in ({}, {"clients": "x"}, {"clients": [str(cast.ioana.pk), str(cast.other.zoe.pk)]}):
        assert "not there any more" in sam.post(apart, sent, follow=True).content.decode()
    assert sam.get(PAGE + "?after=damaged").status_code == 400
    assert browser_of(cast.cora).get(PAGE).status_code == 403


def test_the_api_lists_and_tells_apart(cast, api_of):
    sam = api_of(cast.sam)
    group = sam.get(API).json()["data"][0]
    assert group["reasons"] == [{"by": "email", "value": "dan@example.com"}]
    assert [one["id"] for one in group["clients"]] == [str(pk) for pk in children(cast)]
    change = sam.post(API + "/not", {"clients": [str(pk) for pk in children(cast)]})
    assert change.status_code == 200 and change.json()["can_undo"] is True
    assert sam.get(API).json() == {"data": [], "next": None}
    assert sam.post(API + "/not", {"clients": [str(cast.ioana.pk)]}).status_code == 422
    assert sam.get(API + "?after=damaged").status_code == 422
    assert api_of(cast.cora).get(API).status_code == 403
    assert api_of(cast.other.olga).get(API).json()["data"] == []

"""The calendar colour of a client, chosen by a member for their own view (C12)."""

import pytest
from django.urls import reverse

from frontdesk.clients.access import get_client
from frontdesk.clients.colours.actions import choose_colour, colours_of
from frontdesk.clients.colours.models import ClientColour
from frontdesk.clients.merging.actions import merge
from frontdesk.core.errors import Forbidden, Invalid
from frontdesk.core.tenancy.context import account_context
from frontdesk.undo.actions import undo

from ..accounts.helpers import verbs


def test_a_colour_is_only_ones_own(within):
    choose_colour(within.cora, within.maria, 3)
    choose_colour(within.sam, within.maria, 5)
    assert colours_of(within.cora, [within.maria.pk]) == {within.maria.pk: 3}
    assert colours_of(within.sam, [within.maria.pk]) == {within.maria.pk: 5}
    assert colours_of(within.ana, [within.maria.pk]) == {}


def test_colours_of_many_take_one_query(within, django_assert_num_queries):
    for client, hue in ((within.maria, 1), (within.victor, 2), (within.ioana, 3)):
        choose_colour(within.sam, client, hue)
    with django_assert_num_queries(1):
        found = colours_of(within.sam, [within.maria.pk, within.victor.pk, within.radu.pk])
    assert found == {within.maria.pk: 1, within.victor.pk: 2}


def test_it_is_changed_taken_away_and_told_once(within):
    for hue in (3, 4, 4, None, None):
        choose_colour(within.cora, within.maria, hue)
    assert not ClientColour.objects.exists() and verbs(within.account).count("client_colour.chosen") == 3


@pytest.mark.parametrize("hue", [0, 9, -1])
def test_an_unknown_colour_is_refused(within, hue):
    with pytest.raises(Invalid):
        choose_colour(within.cora, within.maria, hue)


def test_portal_people_have_no_colours(within):
    with pytest.raises(Forbidden):
        choose_colour(within.mia, within.maria, 1)


def test_a_merge_keeps_the_chosen_one_and_its_undo_brings_both_back(within):
    choose_colour(within.sam, within.maria, 1)
    choose_colour(within.sam, within.victor, 2)
    choose_colour(within.ana, within.victor, 7)
    both = [within.maria.pk, within.victor.pk]
    change = merge(within.sam, within.maria, within.victor)
    assert colours_of(within.sam, both) == {within.maria.pk: 1} and colours_of(within.ana, both) == {within.maria.pk: 7}
    undo(within.sam, change)
    assert colours_of(within.sam, both) == {within.maria.pk: 1, within.victor.pk: 2}
    assert get_client(within.ana, within.victor.pk) and colours_of(within.ana, both) == {within.victor.pk: 7}


def test_the_page_chooses_and_shows(cast, browser_of):
    cora, address = browser_of(cast.cora), reverse("clients:colour", args=[cast.maria.pk])
    assert address in cora.get(reverse("clients:show", args=[cast.maria.pk])).content.decode()
    assert cora.post(address, {"hue": "6"}).status_code == 302
    assert 'value="6" checked' in cora.get(address).content.decode()
    assert cora.post(address, {"hue": "12"}).status_code == 422 and cora.post(address, {}).status_code == 422
    assert cora.post(address, {"hue": "0"}).status_code == 302
    with account_context(cast.account):
        assert not ClientColour.objects.exists()
    assert browser_of(cast.cole).post(address, {"hue": "6"}).status_code == 404


def test_the_api_chooses_and_shows(cast, api_of):
    address = f"/api/v1/clients/{cast.maria.pk}/colour"
    cora = api_of(cast.cora)
    assert cora.put(address, {"hue": 2}, content_type="application/json").json() == {"hue": 2}
    assert cora.get(address).json() == {"hue": 2} and api_of(cast.sam).get(address).json() == {"hue": None}
    assert cora.put(address, {"hue": 20}, content_type="application/json").status_code == 422
    assert cora.put(address, {"hue": None}, content_type="application/json").json() == {"hue": None}
    for who, status in ((cast.cole, 404), (cast.mia, 403), (cast.other.olga, 404)):
        assert api_of(who).put(address, {"hue": 1}, content_type="application/json").status_code == status

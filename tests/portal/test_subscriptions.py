"""C15: a client chooses which messages it gets, in the portal and by the API."""

import pytest

from frontdesk.clients.models import Client, ContactPoint, SubscriptionEvent
from frontdesk.clients.options import portal_options
from frontdesk.clients.subscriptions.rule import KINDS, may_message
from frontdesk.core.tenancy.context import account_context


def address(client) -> str:
    return f"/portal/clients/{client.pk}/subscriptions/"


def allowed(cast, *kind) -> bool:
    with account_context(cast.account):
        return may_message(cast.maria, *kind).allowed


def test_what_is_ticked_is_what_one_gets(cast, browser_of):
    mia = browser_of(cast.mia)
    assert mia.get(address(cast.maria)).status_code == 200
    mia.post(address(cast.maria), {"messages": ["email.service", "email.marketing"]})
    assert [allowed(cast, *kind) for kind in KINDS] == [True, False, True, False]
    said = mia.get(address(cast.maria)).content.decode()
    assert said.count(" checked>") == 2
    with account_context(cast.account):
        rows = SubscriptionEvent.objects.filter(client_id=cast.maria.pk)
        assert {(row.source, row.member_id) for row in rows} == {("portal", cast.mia.pk)}


def test_nothing_ticked_ends_all_and_saving_again_changes_nothing(cast, browser_of):
    mia = browser_of(cast.mia)
    for _time in range(2):
        mia.post(address(cast.maria), {})
    with account_context(cast.account):
        assert Client.objects.get(pk=cast.maria.pk).unsubscribed
        assert SubscriptionEvent.objects.count() == 4


def test_no_option_takes_the_choice_away(cast, browser_of):
    with account_context(cast.account):
        Client.objects.filter(pk=cast.maria.pk).update(portal_options={one.key: False for one in portal_options})
    assert browser_of(cast.mia).post(address(cast.maria), {}).status_code == 302


def test_a_parent_chooses_for_each_child(cast, browser_of):
    browser_of(cast.dan).post(address(cast.ioana), {})
    with account_context(cast.account):
        assert not may_message(cast.ioana, "email", "service").allowed
        assert may_message(cast.radu, "email", "service").allowed


@pytest.mark.parametrize(("who", "status"), [("greta", 403), ("vic", 404), ("cora", 403), ("sam", 403)])
def test_others_do_not(cast, browser_of, who, status):
    assert browser_of(getattr(cast, who)).get(address(cast.maria)).status_code == status
    assert browser_of(getattr(cast, who)).post(address(cast.maria), {}).status_code == status


def test_nonsense_is_refused(cast, browser_of):
    assert browser_of(cast.mia).post(address(cast.maria), {"messages": ["fax.spam"]}).status_code == 400
    assert allowed(cast, "sms", "service")


def test_the_api(cast, api_of):
    own = f"/api/v1/portal/clients/{cast.maria.pk}/subscriptions"
    with account_context(cast.account):
        ContactPoint.objects.update(consent=False)
    mia = api_of(cast.mia)
    assert [row["subscribed"] for row in mia.get(own).json()["data"]] == [True, True, False, False]
    put = {"content_type": "application/json"}
    answer = mia.put(own, {"messages": ["sms.marketing"]}, **put).json()
    assert [row["subscribed"] for row in answer["data"]] == [False, False, False, True]
    assert mia.put(own, {"messages": []}, **put).json()["unsubscribed_from_all"] is True
    assert mia.put(own, {"messages": ["fax.spam"]}, **put).status_code == 422
    assert api_of(cast.vic).get(own).status_code == 404
    assert api_of(cast.greta).get(own).status_code == 403

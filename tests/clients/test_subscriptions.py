"""C15, C7: who gets which messages; the rule, unsubscribing and subscribing again by office and API, and history."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from frontdesk.activity.models import Activity
from frontdesk.activity.queries import timeline
from frontdesk.clients import actions as clients
from frontdesk.clients.merging import actions as merging
from frontdesk.clients.models import Client, ContactPoint, Subscription, SubscriptionEvent
from frontdesk.clients.subscriptions import actions, rule
from frontdesk.clients.subscriptions.models import Source
from frontdesk.clients.subscriptions.rule import KINDS, TRANSACTIONAL, may_message, may_message_many
from frontdesk.core.errors import Forbidden, Invalid
from frontdesk.core.tenancy.context import account_context
from frontdesk.undo import actions as undo
from frontdesk.undo.models import State

EMAIL, SMS = ("email", "marketing"), ("sms", "service")
NEWS = (EMAIL,)


def fresh(client) -> Client:
    return Client.objects.get(pk=client.pk)


def consent(client, kind: str) -> None:
    ContactPoint.objects.filter(contact__client_id=client.pk, kind=kind).update(consent=True)


def history(client) -> list[tuple]:
    rows = SubscriptionEvent.objects.filter(client_id=client.pk).order_by("id")
    return [(row.channel, row.purpose, row.subscribed, row.source) for row in rows]


def test_without_a_word_service_goes_and_marketing_needs_consent_by_that_channel(within):
    ContactPoint.objects.all().update(consent=False)
    assert may_message(within.maria, "sms", "service").allowed
    refused = may_message(within.maria, "email", "marketing")
    assert (refused.allowed, refused.reason) == (False, "No consent is noted for any e-mail address.")
    consent(within.maria, "email")
    assert may_message(within.maria, "email", "marketing").allowed
    assert may_message(within.maria, "sms", "marketing").reason == "No consent is noted for any mobile number."
    consent(within.maria, "phone")
    assert may_message(within.maria, "sms", "marketing").allowed
    ContactPoint.objects.filter(kind="phone").update(is_mobile=False)
    assert not may_message(within.maria, "sms", "marketing").allowed


def test_nothing_but_transactional_goes_to_the_unsubscribed(within):
    consent(within.maria, "email")
    actions.unsubscribe(within.sam, within.maria)
    for kind in KINDS:
        answer = may_message(within.maria, *kind)
        assert not answer.allowed and answer.reason.startswith("Unsubscribed on "), kind
    for channel in ("sms", "email"):
        assert may_message(within.maria, channel, TRANSACTIONAL).allowed
    assert may_message(within.victor, *SMS).allowed
    actions.resubscribe(within.sam, within.maria, NEWS)
    assert may_message(within.maria, *EMAIL).allowed
    assert not may_message(within.maria, "email", "service").allowed


def test_an_unsubscription_goes_before_consent(within):
    actions.unsubscribe(within.sam, within.maria, NEWS)
    consent(within.maria, "email")
    assert not may_message(within.maria, *EMAIL).allowed


def test_many_are_asked_for_in_a_constant_number_of_queries(within):
    everybody = list(Client.objects.order_by("id").values_list("pk", flat=True))
    consent(within.victor, "email")
    actions.unsubscribe(within.sam, within.maria, NEWS)
    with CaptureQueriesContext(connection) as few:
        may_message_many(everybody[:1], *EMAIL)
    with CaptureQueriesContext(connection) as many:
        answers = may_message_many(everybody, *EMAIL)
    assert len(many) <= len(few) + 1 <= 3
    assert {pk for pk, answer in answers.items() if answer.allowed} == {
        pk for pk in everybody if may_message(Client.objects.get(pk=pk), *EMAIL).allowed
    }
    assert within.maria.pk in answers and not answers[within.maria.pk].allowed


@pytest.mark.parametrize(("channel", "purpose"), [("pigeon", "service"), ("sms", "spam")])
def test_an_unknown_kind_is_an_error_and_never_a_yes(within, channel, purpose):
    with pytest.raises(ValueError, match="is not a valid"):
        may_message(within.maria, channel, purpose)


def test_twice_is_once_and_the_timeline_tells(within):
    assert actions.unsubscribe(within.sam, within.maria, NEWS)
    assert actions.unsubscribe(within.sam, within.maria, NEWS) is None
    assert history(within.maria) == [("email", "marketing", False, "office")]
    first = Activity.objects.filter(client_id=within.maria.pk).latest("id")
    assert (first.verb, first.data) == ("client.unsubscribed", {"messages": ["email.marketing"], "by": "office"})
    assert actions.resubscribe(within.sam, within.maria, NEWS)
    assert actions.resubscribe(within.sam, within.maria, NEWS) is None
    said = timeline(within.maria.pk).rows
    assert [row.verb for row in said[:2]] == ["client.resubscribed", "client.unsubscribed"]


def test_subscribing_to_service_where_nothing_was_said_changes_nothing(within):
    assert actions.resubscribe(within.sam, within.maria, (SMS,)) is None
    assert not Subscription.objects.exists() and not SubscriptionEvent.objects.exists()


def test_undo_brings_back_what_counted_and_adds_to_the_history(within):
    change = actions.unsubscribe(within.sam, within.maria)
    assert fresh(within.maria).unsubscribed
    assert undo.undo(within.sam, change).state == State.UNDONE
    assert not Subscription.objects.exists()
    assert not fresh(within.maria).unsubscribed
    assert may_message(within.maria, *SMS).allowed
    assert [row[3] for row in history(within.maria)] == ["office"] * 4 + ["undo"] * 4
    assert ("sms", "service", True, "undo") in history(within.maria)


def test_undo_never_goes_over_the_clients_own_word(within):
    change = actions.unsubscribe(within.sam, within.maria, NEWS)
    actions.unsubscribe(within.mia, within.maria, NEWS, source=Source.PORTAL.value)
    assert undo.undo(within.sam, change).restored == 0
    assert not may_message(within.maria, *EMAIL).allowed


def test_who_may(within):
    for who in (within.cora, within.cole, within.greta):
        with pytest.raises(Forbidden):
            actions.unsubscribe(who, within.maria)
    assert actions.unsubscribe(within.mia, within.maria) is None, "a client has no list of changes"
    assert fresh(within.maria).unsubscribed


@pytest.mark.parametrize("wrong", [[], ["email"], ["email.marketing", "sms.spam"], ["fax.service"]])
def test_unknown_names_are_refused(wrong):
    with pytest.raises(Invalid):
        actions.clean_kinds(wrong)


def test_all_messages_means_each_of_them(within):
    actions.unsubscribe(within.sam, within.maria, KINDS[:3])
    assert not fresh(within.maria).unsubscribed
    actions.unsubscribe(within.sam, within.maria, KINDS[3:])
    assert fresh(within.maria).unsubscribed
    actions.resubscribe(within.sam, within.maria, NEWS)
    assert not fresh(within.maria).unsubscribed


def test_merging_keeps_what_either_unsubscribed_from(within):
    actions.unsubscribe(within.sam, within.ioana)
    actions.resubscribe(within.sam, within.maria, NEWS)
    actions.unsubscribe(within.sam, within.maria, (SMS,))
    change = merging.merge(within.sam, within.maria, within.ioana)
    assert fresh(within.maria).unsubscribed
    assert not any(state.subscribed for state in rule.states_of(within.maria))
    assert ("email", "marketing", False, "merge") in history(within.maria)
    assert undo.undo(within.sam, change).restored == 1
    assert (fresh(within.maria).unsubscribed, fresh(within.ioana).unsubscribed) == (False, True)
    assert may_message(within.maria, *EMAIL).allowed
    assert not may_message(within.ioana, *EMAIL).allowed


def test_merging_into_an_unsubscribed_one_keeps_it_so(within):
    actions.unsubscribe(within.sam, within.maria, NEWS)
    actions.resubscribe(within.sam, within.ioana, NEWS)
    merging.merge(within.sam, within.maria, within.ioana)
    assert not may_message(within.maria, *EMAIL).allowed


def test_a_deleted_client_comes_back_unsubscribed(within):
    actions.unsubscribe(within.ana, within.radu)
    within.radu.accesses.all().delete()
    change = clients.delete_client(within.ana, fresh(within.radu))
    assert undo.undo(within.ana, change).restored == 1
    assert fresh(within.radu).unsubscribed
    assert not may_message(within.radu, *SMS).allowed
    assert len(history(within.radu)) == 4


def test_the_page_shows_changes_and_takes_back(cast, browser_of):
    sam, address = browser_of(cast.sam), reverse("clients:subscriptions", args=[cast.maria.pk])
    assert "Nothing was changed yet." in sam.get(address).content.decode()
    said = sam.post(address + "change/", {"stop": "email.marketing"}, follow=True).content.decode()
    assert "1 client unsubscribed from: news and offers by e-mail" in said and "Undo" in said
    assert "Unsubscribed: news and offers by e-mail" in said
    assert (
        "There was nothing to change."
        in sam.post(address + "change/", {"stop": "email.marketing"}, follow=True).content.decode()
    )
    sam.post(address + "change/", {"stop": "all"})
    assert "By their own choice" not in sam.get(address).content.decode()
    with account_context(cast.account):
        assert fresh(cast.maria).unsubscribed
    sam.post(address + "change/", {"again": "all"})
    assert "Choose one of" in sam.post(address + "change/", {"stop": "fax.spam"}, follow=True).content.decode()


def test_coworkers_read_and_outsiders_find_nothing(cast, browser_of):
    address = reverse("clients:subscriptions", args=[cast.maria.pk])
    shown = browser_of(cast.cora).get(address)
    assert (shown.status_code, b'<button class="btn small" name=' in shown.content) == (200, False)
    assert browser_of(cast.cora).post(address + "change/", {"stop": "all"}).status_code == 403
    assert browser_of(cast.cole).get(address).status_code == 404
    assert browser_of(cast.other.olga).get(address).status_code == 404


def test_the_history_is_paged_by_key(cast, browser_of):
    with account_context(cast.account):
        for _turn in range(7):
            actions.unsubscribe(cast.sam, cast.maria)
            actions.resubscribe(cast.sam, cast.maria)
    address = reverse("clients:subscriptions", args=[cast.maria.pk])
    first = browser_of(cast.sam).get(address).content.decode()
    older = re.search(r'href="(\?after=[^"]+)"', first)[1]
    second = browser_of(cast.sam).get(address + older).content.decode()
    assert (first.count("<small>The office"), second.count("<small>The office")) == (50, 6)
    assert browser_of(cast.sam).get(address + "?after=broken").status_code == 400


def test_the_pages_cost_does_not_grow_with_the_history(cast, browser_of):
    address, counts = reverse("clients:subscriptions", args=[cast.maria.pk]), []
    sam = browser_of(cast.sam)
    for _turn in range(2):
        with account_context(cast.account):
            actions.unsubscribe(cast.sam, cast.maria)
            actions.resubscribe(cast.sam, cast.maria)
        sam.get(address)
        with CaptureQueriesContext(connection) as queries:
            sam.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14


def test_the_api_reads_changes_and_lists(cast, api_of):
    address, sam = f"/api/v1/clients/{cast.maria.pk}/subscriptions", api_of(cast.sam)
    before = sam.get(address).json()
    assert (before["unsubscribed_from_all"], len(before["data"])) == (False, 4)
    assert before["data"][0] == {
        "channel": "email", "purpose": "service", "subscribed": True, "since": None, "source": None, "reason": "",
    }  # fmt: skip
    after = sam.post(address + "/unsubscribe", {"messages": ["sms.service"]}).json()
    changed = next(row for row in after["data"] if row["channel"] == "sms" and row["purpose"] == "service")
    assert (changed["subscribed"], changed["source"]) == (False, "api")
    assert changed["reason"].startswith("Unsubscribed on")
    assert sam.post(address + "/unsubscribe", {}).json()["unsubscribed_from_all"] is True
    assert sam.post(address + "/resubscribe", {"messages": ["sms.service"]}).json()["unsubscribed_from_all"] is False
    events = sam.get(address + "/history?limit=2").json()
    assert [row["subscribed"] for row in events["data"]] == [True, False]
    assert events["data"][0]["member_id"] == str(cast.sam.pk)
    assert len(sam.get(address + f"/history?after={events['next']}").json()["data"]) == 3


@pytest.mark.parametrize(
    ("who", "read", "write"), [("cora", 200, 403), ("cole", 404, 403), ("mia", 403, 403), ("ana", 200, 200)]
)
def test_the_api_refuses_others(cast, api_of, who, read, write):
    address = f"/api/v1/clients/{cast.maria.pk}/subscriptions"
    assert api_of(getattr(cast, who)).get(address).status_code == read
    assert api_of(getattr(cast, who)).post(address + "/unsubscribe", {}).status_code == write


def test_the_api_names_what_is_wrong(cast, api_of):
    address = f"/api/v1/clients/{cast.maria.pk}/subscriptions/unsubscribe"
    assert api_of(cast.sam).post(address, {"messages": ["fax.spam"]}).status_code == 422
    assert api_of(cast.sam).post(address, {"messages": []}).status_code == 422

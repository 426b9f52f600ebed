"""C15, M7: what waits, failed or was kept goes to nobody who said STOP, unsubscribed or became inactive meanwhile."""

import pytest
from django.urls import reverse
from django.utils import timezone

from frontdesk.channels import actions, queries, sending
from frontdesk.channels.models import ChannelSettings, Dispatch
from frontdesk.clients.models import Client
from frontdesk.clients.subscriptions import actions as subscriptions
from frontdesk.clients.subscriptions.hearing import heard
from frontdesk.core.errors import Conflict

from .provider import REFUSE

MARIA = "+40745112908"
BLOCKED = (400, {"code": 30004, "message": "Blocked", "status": 400})


def stop(within):
    """Maria ends text messages."""
    heard(within.account, MARIA, "STOP")


def deactivate(within):
    """Maria is no client any more."""
    Client.objects.filter(pk=within.maria.pk).update(status="inactive")


def fresh(row):
    return Dispatch.objects.get(pk=row.pk)


@pytest.mark.parametrize(("change", "said"), [(stop, "Unsubscribed on"), (deactivate, "is inactive")])
@pytest.mark.parametrize("state", ["failed", "kept", "cancelled"])
def test_it_is_not_sent_again(within, sms, letter, provider, change, said, state):
    row = actions.queue(within.sam, letter())
    Dispatch.objects.update(state=state, next_at=None)
    change(within)
    with pytest.raises(Conflict) as refused:
        actions.retry(within.sam, row)
    assert said in str(refused.value) and fresh(row).state == state


@pytest.mark.parametrize("change", [stop, deactivate])
def test_of_many_the_others_are_sent_and_it_is_said_how_many_are_not(within, sms, letter, api_of, browser_of, change):
    row = actions.queue(within.sam, letter())
    actions.queue(within.sam, letter(client=None, to="+40721000999"))
    Dispatch.objects.update(state="failed", next_at=None)
    change(within)
    answer = api_of(within.sam).post("/api/v1/dispatches/retry", {"state": "failed"})
    assert answer.json() == {"count": 1, "barred": 1} and fresh(row).state == "failed"
    page = browser_of(within.sam).post(reverse("channels:all_again"), {"state": "failed"}, follow=True)
    assert "unsubscribed or is inactive" in page.content.decode()


@pytest.mark.parametrize(("change", "reason"), [(stop, "unsubscribed"), (deactivate, "inactive")])
def test_what_waits_does_not_leave(within, sms, letter, provider, browser_of, change, reason):
    row = actions.queue(within.sam, letter(send_at=timezone.now()))
    other = actions.queue(within.sam, letter(client=None, to="+40721000999"))
    change(within)
    sending.run("sms")
    assert (fresh(row).state, fresh(row).reason, fresh(other).state) == ("failed", reason, "sent")
    assert [one["to"] for one in provider.messages] == ["+40721000999"]
    page = browser_of(within.sam).get(reverse("channels:dispatch", args=[row.pk])).content.decode()
    assert reverse("channels:again", args=[row.pk]) not in page


def test_who_comes_back_gets_it(within, sms, letter, provider):
    row = actions.queue(within.sam, letter())
    stop(within)
    sending.run("sms")
    heard(within.account, MARIA, "START")
    actions.retry(within.sam, row)
    sending.run("sms")
    assert fresh(row).state == "sent"


def test_what_answers_the_client_goes_to_somebody_unsubscribed(within, sms, letter, provider):
    row = actions.queue(within.sam, letter(purpose="transactional"))
    subscriptions.unsubscribe(within.ana, within.maria)
    sending.run("sms")
    assert fresh(row).state == "sent"


def test_what_is_not_sent_at_all_says_nothing_of_the_provider(within, sms, letter, provider):
    provider.constant = REFUSE
    actions.queue(within.sam, letter(client=None, to="+40721000999"))
    sending.run("sms")
    failing = ChannelSettings.objects.get()
    assert failing.problem and failing.problem_since
    actions.queue(within.sam, letter())
    stop(within)
    ChannelSettings.objects.update(paused_until=None)
    sending.run("sms")
    assert Dispatch.objects.get(client=within.maria).state == "failed"
    assert ChannelSettings.objects.get().problem_since == failing.problem_since


def test_many_cost_no_more_statements_than_one(within, sms, letter, provider, django_assert_max_num_queries):
    actions.queue_many(within.sam, [letter(str(number)) for number in range(30)])
    rows = sending.claim("sms", 30, within.maria.pk)
    with django_assert_max_num_queries(1):
        assert queries.barred_many(rows) == [None] * 30

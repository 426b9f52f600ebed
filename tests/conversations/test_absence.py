"""Conversations of somebody who is away go to the deputy and come back, with a summary for both (X11, P14)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from frontdesk.accounts.actions.away import AwayInput, end_away, set_away
from frontdesk.accounts.away import ended
from frontdesk.accounts.models import Member
from frontdesk.activity.models import Activity
from frontdesk.clients.actions import assign as serve
from frontdesk.clients.models import Assignment
from frontdesk.conversations import absences, access, actions
from frontdesk.conversations.models import Conversation, Covered
from frontdesk.core.jobs.worker import run_due
from frontdesk.notify.models import Notice

from .talks import answer, arrive, begun, mail

PAGE = reverse("conversations:covered")


@pytest.fixture
def asked(within):
    """Maria, whom Cora serves, has written."""
    return arrive(within.account, mail())


def leave(within, deputy) -> None:
    """Cora is away from now on."""
    set_away(within.cora, within.cora, AwayInput(deputy=deputy.pk))
    run_due()


def come_back(within) -> None:
    end_away(within.cora, within.cora)
    run_due()


def test_what_waits_goes_to_the_deputy_when_the_absence_begins_and_comes_back(within, asked):
    leave(within, within.sam)
    asked.refresh_from_db()
    assert (asked.assignee_id, asked.handed_by_id) == (within.sam.pk, within.cora.pk)
    come_back(within)
    asked.refresh_from_db()
    assert (asked.assignee_id, asked.handed_by_id) == (within.cora.pk, None)
    happened = Activity.objects.filter(verb="conversation.assigned").order_by("pk").values_list("data", flat=True)
    assert ["stands_in" in one for one in happened] == [False, True, False]
    assert ["back" in one for one in happened] == [False, False, True]


def test_running_it_twice_changes_nothing_more(within, asked):
    leave(within, within.sam)
    absences.settle(within.account)
    come_back(within)
    absences.settle(within.account)
    assert Activity.objects.filter(verb="conversation.assigned").count() == 3
    for verb in ("conversation.covered", "conversation.returned"):
        assert Activity.objects.filter(verb=verb).count() == 1


def test_a_closed_one_and_one_that_somebody_took_stay(within, asked):
    leave(within, within.sam)
    actions.close(within.sam, access.writable(within.sam, asked.pk))
    come_back(within)
    asked.refresh_from_db()
    assert (asked.assignee_id, asked.handed_by_id) == (within.sam.pk, None)
    leave(within, within.sam)
    arrive(within.account, mail(text="One more thing"))
    actions.assign(within.ana, access.writable(within.ana, asked.pk), member=within.ana.pk)
    come_back(within)
    asked.refresh_from_db()
    assert asked.assignee_id == within.ana.pk


def test_what_a_colleague_gave_back_is_not_handed_over_again(within, asked):
    leave(within, within.sam)
    actions.assign(within.sam, access.writable(within.sam, asked.pk), member=within.cora.pk)
    absences.settle(within.account)
    asked.refresh_from_db()
    assert asked.assignee_id == within.cora.pk


def test_a_deputy_who_does_not_see_the_client_gets_nothing(within, asked):
    leave(within, within.cole)
    asked.refresh_from_db()
    assert asked.assignee_id == within.cora.pk
    assert arrive(within.account, mail(text="And?")).assignee_id == within.cora.pk


def test_an_absence_that_ends_by_time_gives_back(within, asked):
    leave(within, within.sam)
    assert absences.accounts() == {within.account.pk}
    Member.objects.filter(pk=within.cora.pk).update(away_until=timezone.now() - timedelta(seconds=1))
    absences.settle(within.account)
    assert Conversation.objects.get(pk=asked.pk).assignee_id == within.cora.pk
    assert absences.accounts() == set()


def test_what_a_deputy_is_given_anew_goes_to_whom_it_was_meant_for(within):
    leave(within, within.sam)
    new = arrive(within.account, mail())
    assert (new.assignee_id, new.handed_by_id) == (within.sam.pk, within.cora.pk)
    come_back(within)
    new.refresh_from_db()
    assert new.assignee_id == within.cora.pk


def test_what_a_deputy_hands_on_goes_back_to_whom_it_was_held_for(within, asked):
    leave(within, within.sam)
    set_away(within.sam, within.sam, AwayInput(deputy=within.ana.pk))
    run_due()
    asked.refresh_from_db()
    assert (asked.assignee_id, asked.handed_by_id) == (within.ana.pk, within.cora.pk)
    assert Covered.objects.get().deputy_id == within.ana.pk
    end_away(within.sam, within.sam)
    run_due()
    come_back(within)
    asked.refresh_from_db()
    assert (asked.assignee_id, asked.handed_by_id) == (within.cora.pk, None)
    assert Covered.objects.get().returned


def test_a_deputy_whose_own_deputy_is_back_gives_it_back(within, asked):
    leave(within, within.sam)
    Member.objects.filter(pk=within.cora.pk).update(**ended())
    set_away(within.sam, within.sam, AwayInput(deputy=within.cora.pk))
    assert arrive(within.account, mail(text="And?")).assignee_id == within.cora.pk
    run_due()
    asked.refresh_from_db()
    assert (asked.assignee_id, asked.handed_by_id) == (within.cora.pk, None)


def wait(within, number: int) -> None:
    """So many conversations wait for Cora, whose clients Cole does not serve."""
    for client in (within.ioana, within.radu, within.victor)[:number]:
        serve(within.sam, client, [within.cora.pk])
        found = begun(client)
        Conversation.objects.filter(pk=found.pk).update(
            assignee=within.cora, state="open", waiting_since=timezone.now(), last_at=timezone.now()
        )


@pytest.mark.parametrize("deputy", ["cole", "dora"])
def test_what_cannot_be_handed_over_costs_the_same_for_many(within, asked, deputy):
    away = {"away_from": timezone.now() - timedelta(days=1), "deputy": getattr(within, deputy)}
    Member.objects.filter(pk=within.cora.pk).update(**away)
    with CaptureQueriesContext(connection) as few:
        absences.settle(within.account)
    wait(within, 3)
    with CaptureQueriesContext(connection) as many:
        absences.settle(within.account)
    assert len(many) == len(few) <= 6
    assert not [one for one in many if "FOR UPDATE" in one["sql"]]
    assert set(Conversation.objects.values_list("assignee_id", flat=True)) == {within.cora.pk}


def test_what_the_deputy_may_have_is_not_behind_what_they_may_not(within, asked, monkeypatch):
    monkeypatch.setattr(absences, "AT_ONCE", 1)
    wait(within, 1)
    serve(within.sam, within.ioana, [within.cole.pk])
    leave(within, within.cole)
    assert Conversation.objects.get(client=within.ioana).assignee_id == within.cole.pk


def test_both_get_one_notice_with_the_summary(within, asked):
    leave(within, within.sam)
    answer(within.sam, asked, "On Monday.")
    come_back(within)
    data = Activity.objects.get(verb="conversation.returned").data
    assert {key: data[key] for key in ("came", "returned", "answered", "closed", "waits")} == {
        "came": 1, "returned": 1, "answered": 1, "closed": 0, "waits": 0,
    }  # fmt: skip
    told = Notice.objects.filter(kind="conversations.returned").values_list("member_id", flat=True)
    assert sorted(told) == sorted([within.cora.pk, within.sam.pk])
    assert Notice.objects.filter(kind="conversations.assigned", member=within.sam).count() == 0
    assert Notice.objects.filter(kind="conversations.covered", member=within.sam).count() == 1


def test_the_page_and_the_api_say_what_happened_to_ones_own(cast, within, asked, browser_of, api_of):
    leave(within, within.sam)
    answer(within.sam, asked, "On Monday.")
    come_back(within)
    shown = browser_of(cast.cora).get(PAGE).content.decode()
    assert within.maria.name in shown and f"Answered by {within.sam.name}" in shown
    assert within.maria.name not in browser_of(cast.cole).get(PAGE).content.decode()
    (row,) = api_of(cast.cora).get("/api/v1/conversations/covered").json()["data"]
    assert (row["conversation"], row["returned"], row["answered_by"]) == (str(asked.pk), True, [within.sam.name])
    assert api_of(cast.mia).get("/api/v1/conversations/covered").status_code == 403
    assert "2 conversations" not in browser_of(cast.cora).get(reverse("notify:list")).content.decode()


def test_a_client_who_is_served_no_more_is_not_shown(within, asked, browser_of, cast):
    leave(within, within.sam)
    Assignment.objects.filter(member=within.cora, client=within.maria).delete()
    come_back(within)
    assert not Covered.objects.get().returned
    assert within.maria.name not in browser_of(cast.cora).get(PAGE).content.decode()

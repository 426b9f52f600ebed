"""M4: what providers report, late, twice and in any order, never takes a message backwards."""

import itertools

import pytest

from frontdesk.activity.models import Activity
from frontdesk.channels import actions, sending
from frontdesk.channels.models import Dispatch


@pytest.fixture
def row(within, sms, letter, provider):
    """A message that the provider took."""
    made = actions.queue(within.sam, letter())
    sending.run("sms")
    return Dispatch.objects.get(pk=made.pk)


def report(row, state, **given):
    """A report; the state afterwards."""
    actions.moved(row.account, "sms", state, dispatch_id=row.pk, **given)
    return Dispatch.objects.get(pk=row.pk).state


@pytest.mark.parametrize("order", [*itertools.permutations(["sent", "delivered", "read"])])
def test_in_any_order_the_furthest_counts(row, order):
    for state in (*order, *order):
        report(row, state)
    assert Dispatch.objects.get(pk=row.pk).state == "read"
    assert Activity.objects.filter(verb="dispatch.read").count() == 1


def test_twice_is_once(row, seen):
    seen.clear()
    assert report(row, "delivered") == report(row, "delivered") == "delivered"
    assert seen == [(row.pk, "delivered")]
    assert Activity.objects.filter(verb="dispatch.delivered", client_id=row.client_id).count() == 1


def test_it_may_fail_after_it_was_sent_and_turn_out_delivered(row):
    assert report(row, "failed", reason="blocked", detail="30007") == "failed"
    failed = Dispatch.objects.get(pk=row.pk)
    assert (failed.reason, failed.detail) == ("blocked", "30007") and failed.failed_at
    assert report(row, "sent") == "failed"
    assert report(row, "delivered") == "delivered"
    assert report(row, "failed") == "delivered"


def test_a_report_may_come_before_the_answer(within, sms, letter, provider):
    made = actions.queue(within.sam, letter())

    def early(handler):
        message = handler.provider.take(handler.form())
        reports.append(message["sid"])
        handler.answer(201, message)

    reports, settle = [], sending.outcomes.settle

    def late(settings, attempt, done):
        for sid in reports:
            actions.moved(made.account, "sms", "delivered", dispatch_id=made.pk, provider_id=sid)
        settle(settings, attempt, done)

    provider.faults = [early]
    sending.outcomes.settle = late
    try:
        sending.run("sms")
    finally:
        sending.outcomes.settle = settle
    row = Dispatch.objects.get(pk=made.pk)
    assert row.state == "delivered" and row.provider_id == reports[0] and row.sent_at


def test_by_the_provider_s_id(row):
    moved = actions.moved(row.account, "sms", "delivered", provider_id=row.provider_id)
    assert moved.pk == row.pk
    assert actions.moved(row.account, "sms", "read", provider_id="SMnobody") is None


def test_reports_on_an_attempt_that_was_repeated_are_old_news(within, row):
    report(row, "failed", provider_id=row.provider_id)
    actions.retry(within.sam, row)
    assert report(row, "failed", provider_id=row.provider_id) == "queued"
    assert report(row, "delivered", provider_id=row.provider_id) == "delivered"


def test_what_was_cancelled_or_kept_stays_so(within, letter):
    kept = actions.queue(within.sam, letter())
    assert report(kept, "delivered") == "kept"
    actions.cancel(within.sam, kept)
    assert report(kept, "failed") == "cancelled"

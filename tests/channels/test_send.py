"""M4: what is due leaves, several at once; what cannot go now goes later; nothing is sent twice."""

import time
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from frontdesk.activity.models import Activity
from frontdesk.channels import access, actions, schedule, sending
from frontdesk.channels.models import ChannelSettings, Dispatch
from frontdesk.core.jobs import queue as jobs
from frontdesk.core.jobs.models import QueuedJob

from .provider import LOSE, NUMBER, REFUSE, SID, error


def fresh(row: Dispatch) -> Dispatch:
    return Dispatch.objects.get(pk=row.pk)


def soon() -> None:
    """Let everything be due, and the channel rested."""
    Dispatch.objects.filter(state="queued").update(next_at=timezone.now())
    ChannelSettings.objects.update(paused_until=None)


def settings() -> ChannelSettings:
    return ChannelSettings.objects.get(channel="sms")


def test_a_message_is_sent(within, sms, letter, provider, seen):
    row = actions.queue(within.sam, letter("Your jacket is ready."))
    assert sending.run("sms") == 1
    sent, (message,) = fresh(row), provider.messages
    assert (sent.state, sent.provider_id, sent.segments) == ("sent", message["sid"], 1) and sent.sent_at
    assert (message["to"], message["from"], message["body"]) == ("+40745112908", NUMBER, "Your jacket is ready.")
    assert f"dispatch={row.pk}" in message["callback"] and "/hooks/sms/" in message["callback"]
    assert seen == [(row.pk, "sent")]
    assert sending.run("sms") == 0


def test_several_go_at_once(within, sms, letter, provider):
    provider.delay = 0.1
    rows = actions.queue_many(within.sam, [letter(f"Number {number}") for number in range(24)])
    sending.run("sms")
    assert sorted(provider.bodies) == sorted(row.text for row in rows)
    assert 6 < provider.most_at_once <= sms.at_once
    assert set(Dispatch.objects.values_list("state", flat=True)) == {"sent"}


def test_what_is_due_later_stays(within, sms, letter, provider):
    actions.queue(within.sam, letter(send_at=timezone.now() + timedelta(hours=1)))
    QueuedJob.objects.all().delete()
    assert sending.run("sms") == 0 and not provider.requests
    assert QueuedJob.objects.get(name="channels.send").run_at > timezone.now() + timedelta(minutes=59)


@pytest.mark.parametrize(
    ("to", "reason"), [("+15005550001", "address"), ("+15005550009", "address"), ("+15005550004", "opted_out")]
)
def test_a_bad_number_fails_for_good(within, sms, letter, provider, seen, to, reason):
    row = actions.queue(within.sam, letter(to=to))
    sending.run("sms")
    failed = fresh(row)
    assert (failed.state, failed.reason, failed.next_at) == ("failed", reason, None) and failed.failed_at
    assert seen == [(row.pk, "failed")]
    told = Activity.objects.get(verb="dispatch.failed")
    assert told.subject_id == row.pk and told.client_id == within.maria.pk and told.actor_id is None
    assert told.data == {"channel": "sms", "cause": "planted", "cause_id": "", "reason": reason}
    assert not settings().failures


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (500, "provider"),
        (503, "provider"),
        ((429, error(429, 20429, "Too Many Requests"), {"Retry-After": "2"}), "busy"),
        ((400, error(400, 30001, "Queue overflow")), "busy"),
        ((401, error(401, 20003, "Authenticate")), "credentials"),
        ((400, error(400, 21606, "The From number is not yours")), "sender"),
        ((200, b"<html>Welcome to the hotel's network</html>"), "garbage"),
        ((302, b"", {"Location": "https://elsewhere.example/"}), "garbage"),
        (REFUSE, "unreachable"),
    ],
)
def test_when_the_provider_fails_all_wait_and_none_is_lost(within, sms, letter, provider, fault, problem):
    rows = actions.queue_many(within.sam, [letter(str(number)) for number in range(20)])
    provider.constant = fault
    assert sending.run("sms") <= sms.at_once
    assert {fresh(row).state for row in rows} == {"queued"}
    assert settings().problem == problem and settings().is_paused
    assert sending.run("sms") == 0
    provider.constant = None
    soon()
    sending.run("sms")
    assert sorted(provider.bodies) == sorted(row.text for row in rows)
    assert not settings().problem and not settings().failures


def test_while_it_fails_one_message_tries_for_all(within, sms, letter, provider):
    actions.queue_many(within.sam, [letter(str(number)) for number in range(20)])
    provider.constant = 500
    sending.run("sms")
    soon()
    assert sending.run("sms") == 1


def test_retry_after_is_respected(within, sms, letter, provider):
    provider.faults = [(429, error(429, 20429, "Too Many Requests"), {"Retry-After": "900"})]
    row = actions.queue(within.sam, letter())
    QueuedJob.objects.all().delete()
    sending.run("sms")
    earliest = timezone.now() + timedelta(seconds=890)
    assert fresh(row).next_at > earliest and settings().paused_until > earliest
    assert QueuedJob.objects.get(name="channels.send").run_at > earliest


def test_the_queue_drains_by_itself(within, sms, letter, provider, monkeypatch):
    from frontdesk.core.jobs import worker

    monkeypatch.setattr(schedule, "PACE", 0.002)
    provider.constant = 500
    rows = actions.queue_many(within.sam, [letter(str(number)) for number in range(12)])
    until = time.monotonic() + 20
    while time.monotonic() < until and {fresh(row).state for row in rows} != {"sent"}:
        worker.run_due()
        provider.constant = None if len(provider.requests) > 12 else 500
    assert sorted(provider.bodies) == sorted(row.text for row in rows)


def test_a_day_later_it_is_given_up(within, sms, letter, provider):
    row = actions.queue(within.sam, letter())
    Dispatch.objects.update(due_at=timezone.now() - timedelta(hours=25))
    provider.constant = 500
    sending.run("sms")
    assert (fresh(row).state, fresh(row).reason) == ("failed", "provider")


def test_a_lost_answer_is_looked_up_and_not_sent_anew(within, sms, letter, provider):
    provider.faults = [LOSE]
    row = actions.queue(within.sam, letter("Once only"))
    sending.run("sms")
    assert fresh(row).uncertain and fresh(row).state == "queued"
    soon()
    sending.run("sms")
    assert provider.bodies == ["Once only"] and fresh(row).provider_id == provider.messages[0]["sid"]
    assert [method for method, _path in provider.requests] == ["POST", "GET"]


def test_a_lost_request_is_sent_anew(within, sms, letter, provider):
    provider.faults = [REFUSE]
    row = actions.queue(within.sam, letter("Once only"))
    sending.run("sms")
    soon()
    sending.run("sms")
    assert provider.bodies == ["Once only"] and fresh(row).state == "sent"


def test_messages_that_are_alike_are_not_taken_for_one_another(within, sms, letter, provider):
    first = actions.queue(within.sam, letter("ok"))
    sending.run("sms")
    provider.faults = [REFUSE]
    second = actions.queue(within.sam, letter("ok"))
    sending.run("sms")
    soon()
    sending.run("sms")
    assert provider.bodies == ["ok", "ok"]
    assert {fresh(first).provider_id, fresh(second).provider_id} == {one["sid"] for one in provider.messages}


def test_two_that_are_alike_and_lost_are_both_sent(within, sms, letter, provider):
    provider.faults = [LOSE, REFUSE]
    rows = actions.queue_many(within.sam, [letter("ok"), letter("ok")])
    sending.run("sms")
    for _turn in range(4):
        soon()
        sending.run("sms")
    assert provider.bodies == ["ok", "ok"]
    assert {fresh(row).provider_id for row in rows} == {one["sid"] for one in provider.messages}


def test_two_that_are_looked_up_at_once_share_nothing(within, sms, letter, provider):
    rows = actions.queue_many(within.sam, [letter("ok"), letter("ok")])
    provider.take({"To": rows[0].to, "From": NUMBER, "Body": "ok"})
    Dispatch.objects.update(uncertain=True)
    for _turn in range(3):
        sending.run("sms")
        soon()
    assert provider.bodies == ["ok", "ok"]
    assert {fresh(row).provider_id for row in rows} == {one["sid"] for one in provider.messages}


def test_what_a_dead_worker_left_is_taken_over(within, sms, letter, provider):
    row = actions.queue(within.sam, letter())
    (mine,) = sending.claim("sms", 8, uuid.uuid4())
    assert not mine.uncertain and sending.claim("sms", 8, uuid.uuid4()) == []
    Dispatch.objects.update(next_at=timezone.now() - jobs.LEASE)
    (taken,) = sending.claim("sms", 8, uuid.uuid4())
    assert taken.pk == row.pk and taken.uncertain and taken.tries == 2


def test_a_slow_one_keeps_its_mark(within, sms, letter, provider, monkeypatch):
    monkeypatch.setattr(jobs, "LEASE", timedelta(seconds=0.4))
    provider.delay = 1.2
    row, marks = actions.queue(within.sam, letter()), set()
    noted = sending._Run._renew

    def renew(run, ids):
        noted(run, ids)
        marks.add(fresh(row).next_at)

    monkeypatch.setattr(sending._Run, "_renew", renew)
    sending.run("sms")
    assert fresh(row).state == "sent" and len(marks) > 2


def test_one_that_was_set_up_no_more_goes_back_to_the_outbox(within, sms, letter, provider):
    row = actions.queue(within.sam, letter())
    actions.configure(within.ana, sms, {}, {"auth_token": None})
    sending.run("sms")
    assert fresh(row).state == "kept" and not provider.requests


def test_a_wrong_secret_waits_for_the_right_one(within, sms, letter, provider):
    actions.configure(within.ana, sms, {}, {"auth_token": "wrong"})
    row = actions.queue(within.sam, letter())
    sending.run("sms")
    assert settings().problem == "credentials" and fresh(row).state == "queued"
    actions.configure(within.ana, sms, {"account_sid": SID}, {"auth_token": "planted auth token"})
    soon()
    sending.run("sms")
    assert fresh(row).state == "sent"


def test_another_account_sends_nothing_of_it(cast, sms, letter, provider):
    from frontdesk.core.tenancy.context import account_context

    actions.queue(cast.sam, letter())
    with account_context(cast.other.account):
        assert sending.run("sms") == 0
    assert not provider.requests


def test_a_test_goes_to_oneself(within, sms, provider):
    within.ana.phone = "0745 112 900"
    actions.send_test(within.ana, sms)
    sending.run("sms")
    assert provider.messages[0]["to"] == "+40745112900" and "This is a test of Folio Repairs" in provider.bodies[0]


def test_get_dispatch_is_for_the_office(within, sms, letter):
    from frontdesk.core.errors import Forbidden, Missing

    row = actions.queue(within.sam, letter())
    assert access.get_dispatch(within.sam, row.pk).pk == row.pk
    for who in (within.cora, within.mia):
        with pytest.raises(Forbidden):
            access.get_dispatch(who, row.pk)
    with pytest.raises((Missing, Forbidden)):
        access.get_dispatch(within.other.olga, row.pk)

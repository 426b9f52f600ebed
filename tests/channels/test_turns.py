"""M4: where much waits, every background process sends, over no more connections than one alone would use."""

from datetime import timedelta

import pytest
from django.utils import timezone

from frontdesk.channels import actions, sending, waking
from frontdesk.channels.models import ChannelSettings, Dispatch
from frontdesk.core.jobs.models import QueuedJob

# A request may begin before the provider has put aside the one that it has just answered.
OVERLAP = 2


@pytest.fixture
def much(within, sms, letter, provider, monkeypatch, settings):
    """More waits than one process is given alone, in an installation of two; nobody is called yet."""
    monkeypatch.setattr(sending, "MUCH", 20)
    settings.JOB_PROCESSES = 2
    rows = actions.queue_many(within.sam, [letter(f"Number {number}") for number in range(40)])
    QueuedJob.objects.all().delete()
    return rows


def calls() -> list[QueuedJob]:
    """What workers are to do for channels."""
    return list(QueuedJob.objects.filter(name=waking.SEND, status="waiting"))


def test_another_process_is_called_and_both_share_the_connections(much, sms, provider):
    provider.delay = 0.05
    assert sending.run("sms") == len(much)
    (call,) = calls()
    assert call.arguments == {"channel": "sms"} and call.run_at <= timezone.now()
    assert 2 < provider.most_at_once <= sms.at_once // 2 + OVERLAP


def test_no_more_are_called_than_there_are(much, provider):
    for _number in range(2):
        waking.wake("sms")
        QueuedJob.objects.filter(status="waiting").update(status="running")
    sending.run("sms")
    assert calls() == [] and len(provider.bodies) == len(much)


@pytest.mark.parametrize("alone", ["processes", "few", "failing"])
def test_one_process_does_it_alone(much, settings, provider, monkeypatch, alone):
    if alone == "processes":
        settings.JOB_PROCESSES = 1
    elif alone == "few":
        monkeypatch.setattr(sending, "MUCH", 40)
    else:
        ChannelSettings.objects.update(failures=1)
    sending.run("sms")
    assert calls() == [] and len(provider.bodies) == len(much)


def test_a_turn_with_all_connections_ends_when_another_begins(much, provider, monkeypatch):
    monkeypatch.setattr(sending, "MUCH", 40)
    running = iter([1])
    monkeypatch.setattr(sending, "turns", lambda channel: next(running, 2))
    assert sending.run("sms") == 0 and not provider.requests
    assert calls()[0].run_at <= timezone.now()
    provider.delay = 0.05
    sending.run("sms")
    assert provider.most_at_once <= 8 + OVERLAP and len(provider.bodies) == len(much)


def test_a_process_takes_one_turn_at_a_time(much, provider):
    with sending._own_turn("sms") as own:
        assert own and sending.run("sms") == 0
    (call,) = calls()
    assert timezone.now() < call.run_at < timezone.now() + timedelta(seconds=1)
    assert not provider.requests and set(Dispatch.objects.values_list("state", flat=True)) == {"queued"}
    sending.run("sms")
    assert len(provider.bodies) == len(much)

"""M4: what arrives is kept before it is read, read once, and given to every receiver once."""

import dataclasses
from datetime import timedelta

import pytest
from django.utils import timezone

from frontdesk.channels import access, actions, arriving, jobs
from frontdesk.channels.models import Arrival
from frontdesk.channels.registry import Incoming, Receipt, Unwelcome, channels, receivers
from frontdesk.clients.models import Client
from frontdesk.clients.personal.actions import erase
from frontdesk.core.jobs import worker
from frontdesk.core.jobs.models import QueuedJob
from frontdesk.files import blobs


@pytest.fixture
def taken(within):
    """A receiver that takes everything for Maria, and a channel of SMS that reads plain payloads."""
    got, known = [], channels["sms"]

    def parse(arrival):
        if arrival.payload.get("hostile"):
            raise Unwelcome("hostile", "too deep")
        if arrival.payload.get("broken"):
            raise RuntimeError("planted")
        return Incoming(arrival.pk, "sms", timezone.now(), "+40745112908", "Maria", True, arrival.payload["text"])

    def receive(account, incoming):
        got.append(incoming.text)
        if incoming.text == "stumble" and got.count("stumble") == 1:
            Client.objects.filter(pk=within.maria.pk).update(name="By half")
            raise RuntimeError("planted")
        return Receipt(within.maria.pk)

    channels._items["sms"] = dataclasses.replace(known, parse=parse)
    receivers.register("planted", receive)
    yield got
    channels._items["sms"] = known
    del receivers._items["planted"]


def state(arrival):
    row = Arrival.objects.get(pk=arrival.pk)
    return row.state, row.reason


def test_it_is_taken_in_once(within, taken):
    first = actions.arrived(within.account, "sms", "SM1", {"text": "Hello"})
    again = actions.arrived(within.account, "sms", "SM1", {"text": "Hello"})
    assert again.pk == first.pk and not taken
    worker.run_due()
    arriving.take(first.pk)
    assert taken == ["Hello"] and state(first) == ("done", "")
    assert Arrival.objects.get().client_id == within.maria.pk


def test_a_receiver_that_fails_leaves_nothing_by_half_and_is_asked_again(within, taken):
    made = actions.arrived(within.account, "sms", "SM1", {"text": "stumble"})
    with pytest.raises(RuntimeError):
        arriving.take(made.pk)
    assert state(made) == ("new", "") and Client.objects.get(pk=within.maria.pk).name == "Maria Ionescu"
    arriving.take(made.pk)
    assert state(made) == ("done", "")


def test_what_is_hostile_is_refused_with_a_reason(within, taken):
    made = actions.arrived(within.account, "sms", "SM1", {"hostile": True})
    arriving.take(made.pk)
    assert state(made) == ("refused", "hostile") and not taken


def test_what_cannot_be_read_is_given_up_and_kept(within, taken):
    made = actions.arrived(within.account, "sms", "SM1", {"broken": True}, raw=b"as it came")
    for _try in range(arriving.TRIES - 1):
        with pytest.raises(RuntimeError):
            arriving.take(made.pk)
    arriving.take(made.pk)
    assert state(made) == ("failed", "error")
    row = Arrival.objects.get()
    assert blobs.opened(row.raw, 0, row.size).read() == b"as it came"


def test_one_that_cannot_be_read_holds_up_none_of_those_it_came_with(within, taken):
    said = [{"text": "One"}, {"broken": True}, {"text": "Two"}]
    made = [actions.arrived(within.account, "sms", f"SM{number}", one) for number, one in enumerate(said)]
    worker.run_due()
    assert taken == ["One", "Two"]
    assert [state(one) for one in made] == [("done", ""), ("new", ""), ("done", "")]
    assert QueuedJob.objects.get(name="channels.receive", status="waiting").arguments == {
        "arrival_ids": [str(made[1].pk)]
    }


def test_the_raw_form_goes_with_the_client(within, taken):
    made = actions.arrived(within.account, "sms", "SM1", {"text": "Hello"}, raw=b"as it came")
    arriving.take(made.pk)
    key = Arrival.objects.get().raw
    erase(within.ana, within.maria, within.maria.name)
    worker.run_due()
    assert not Arrival.objects.exists() and not blobs.exists(key)


def test_what_was_forgotten_is_found(within, sms, letter):
    from frontdesk.channels.models import Dispatch

    actions.queue(within.sam, letter())
    QueuedJob.objects.all().delete()
    jobs.tend()
    assert not QueuedJob.objects.filter(name="channels.send").exists()
    Dispatch.objects.update(next_at=timezone.now() - jobs.STUCK * 2)
    jobs.tend()
    assert QueuedJob.objects.get(name="channels.send").arguments == {"channel": "sms"}


def test_what_its_reader_dies_of_each_time_is_given_up(within, taken):
    made = actions.arrived(within.account, "sms", "SM1", {"text": "deadly"})
    Arrival.objects.update(tries=arriving.BEGUN)
    arriving.take(made.pk)
    assert state(made) == ("failed", "error") and not taken
    assert access.arrivals_for(within.sam).get() == made
    actions.read_again(within.sam, made)
    worker.run_due()
    assert taken == ["deadly"]


def test_a_text_message_is_kept_for_ninety_days_as_a_mail_is(within, taken):
    made = actions.arrived(within.account, "sms", "SM1", {"text": "Hello"})
    young = actions.arrived(within.account, "sms", "SM2", {"text": "Hello"})
    worker.run_due()
    Arrival.objects.filter(pk=made.pk).update(received_at=timezone.now() - jobs.KEPT_RAW - timedelta(days=1))
    jobs.prune.function()
    assert Arrival.objects.get(pk=made.pk).payload == {} and Arrival.objects.get(pk=young.pk).payload
    jobs.prune.function()


def test_what_comes_with_a_nul_is_taken_in_without(within, taken):
    actions.arrived(within.account, "sms", "SM\0 1", {"text": "Hel\0lo", "media": ["\0"]})
    worker.run_due()
    assert taken == ["Hello"]

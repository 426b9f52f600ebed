"""M4, C15: messages are queued with their cause, once, by the rules of subscriptions; kept where none can be sent."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from frontdesk.channels import actions, queries
from frontdesk.channels.models import Dispatch
from frontdesk.clients.models import Client
from frontdesk.clients.subscriptions import actions as subscriptions
from frontdesk.core.errors import Invalid
from frontdesk.core.jobs.models import QueuedJob


def jobs():
    return QueuedJob.objects.filter(name="channels.send")


def test_a_message_waits_for_a_worker(within, sms, letter, provider):
    made = actions.queue(within.sam, letter())
    assert (made.state, made.client_id, made.to) == ("queued", within.maria.pk, "+40745112908")
    assert jobs().count() == 1 and not provider.requests


def test_many_are_one_job(within, sms, letter):
    actions.queue_many(within.sam, [letter(str(number)) for number in range(20)])
    actions.queue(within.sam, letter())
    assert Dispatch.objects.count() == 21 and jobs().count() == 1


def test_the_same_cause_is_queued_once(within, sms, letter):
    first = actions.queue(within.sam, letter("One", key="message:1"))
    again = actions.queue(within.sam, letter("Two", key="message:1"))
    assert again.pk == first.pk and again.text == "One" and Dispatch.objects.count() == 1


def test_nothing_is_queued_when_its_cause_fails(within, sms, letter):
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.queue(within.sam, letter())
        raise RuntimeError
    assert not Dispatch.objects.exists() and not jobs().exists()


def test_later_is_later(within, sms, letter):
    at = timezone.now() + timedelta(hours=3)
    made = actions.queue(within.sam, letter(send_at=at))
    assert made.next_at == at and jobs().get().run_at == at


def test_without_a_provider_it_is_kept(within, letter):
    made = actions.queue(within.sam, letter())
    assert (made.state, made.reason) == ("kept", "setup") and not jobs().exists()
    assert "SMS is not set up yet" in queries.why_not("sms")


def test_who_unsubscribed_gets_nothing_but_what_they_must(within, sms, letter):
    subscriptions.unsubscribe(within.sam, within.maria)
    with pytest.raises(Invalid) as refused:
        actions.queue_many(within.sam, [letter(), letter(purpose="marketing")])
    assert "Unsubscribed on" in refused.value.errors["channel"][0] and not Dispatch.objects.exists()
    assert actions.queue(within.sam, letter(purpose="transactional")).state == "queued"


def test_an_inactive_client_gets_nothing(within, sms, letter):
    Client.objects.filter(pk=within.maria.pk).update(status="inactive")
    within.maria.refresh_from_db()
    with pytest.raises(Invalid) as refused:
        actions.queue(within.sam, letter())
    assert "is inactive" in refused.value.errors["channel"][0]

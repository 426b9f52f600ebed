"""Two colleagues answer at once: the second one is told and decides (M4)."""

import uuid

import pytest
from django.urls import reverse

from frontdesk.channels.models import Dispatch
from frontdesk.conversations import actions
from frontdesk.conversations.access import writable
from frontdesk.core.errors import Conflict
from frontdesk.core.tenancy.context import account_context
from frontdesk.messaging.actions.posting import MessageInput
from frontdesk.messaging.models import Message

from .talks import answer, arrive, mail


@pytest.fixture
def asked(within):
    return arrive(within.account, mail())


def reply(actor, conversation, text, seen):
    return actions.reply(
        actor, writable(actor, conversation.pk), MessageInput(text, key=uuid.uuid4()), last_seen_number=seen
    )


def test_who_has_not_seen_a_colleagues_answer_is_told(within, asked):
    answer(within.ana, asked, "At four o'clock")
    with pytest.raises(Conflict) as refused:
        reply(within.cora, asked, "Tomorrow", 1)
    (said,) = refused.value.errors["last_seen_number"]
    assert "Ana" in said and "At four" in said
    assert Dispatch.objects.count() == 1 and Message.objects.filter(thread_id=asked.thread_id).count() == 2
    assert reply(within.cora, asked, "Tomorrow", 2)


def test_ones_own_answers_and_the_clients_words_stop_nobody(within, asked):
    answer(within.cora, asked, "At four")
    arrive(within.account, mail(text="And the price?"))
    assert reply(within.cora, asked, "Ten", 1)
    actions.note(within.ana, writable(within.ana, asked.pk), MessageInput("A note"))
    assert reply(within.cora, asked, "Eleven", 1)


def test_the_form_stops_once_and_keeps_what_was_written(cast, browser_of):
    with account_context(cast.account):
        conversation = arrive(cast.account, mail())
        answer(cast.ana, conversation, "At four")
    cora, address = browser_of(cast.cora), reverse("conversations:reply", args=[conversation.pk])
    stopped = cora.post(address, {"body": "Tomorrow", "last_seen_number": "1"})
    page = stopped.content.decode()
    assert stopped.status_code == 422 and "Ana answered meanwhile" in page and "Tomorrow</textarea>" in page
    assert 'name="last_seen_number" value="2"' in page and "Send mine too" in page
    assert cora.post(address, {"body": "Tomorrow", "last_seen_number": "2"}).status_code == 302


def test_the_api_answers_409(cast, api_of):
    with account_context(cast.account):
        conversation = arrive(cast.account, mail())
        answer(cast.ana, conversation, "At four")
    cora, address = api_of(cast.cora), f"/api/v1/conversations/{conversation.pk}/messages"
    assert cora.post(address, {"body": "Tomorrow", "last_seen_number": 1}).status_code == 409
    assert cora.post(address, {"body": "Tomorrow", "last_seen_number": 2}).status_code == 201
    assert cora.post(address, {"body": "Also"}).status_code == 201

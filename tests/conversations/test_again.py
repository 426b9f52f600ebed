"""What failed is sent again by whoever may answer, at the message itself (M7)."""

import pytest
from django.urls import reverse

from frontdesk.activity.models import Activity
from frontdesk.channels.models import ChannelSettings, Dispatch, State
from frontdesk.clients.models import Client
from frontdesk.conversations import access, actions
from frontdesk.core.errors import Conflict, Missing
from frontdesk.core.tenancy.context import account_context

from .talks import MARIA, answer, arrive, mail


def failed(cast):
    """A message of Cora's that did not leave, by a channel that is set up."""
    with account_context(cast.account):
        ChannelSettings.objects.create(
            account=cast.account, channel="email", enabled=True,
            config={"sending": "installation", "sender": "office@example.com"},
        )  # fmt: skip
        message = answer(cast.cora, arrive(cast.account, mail()), "On Thursday", way=f"email:{MARIA}")
        Dispatch.objects.filter(cause_id=message.pk).update(state=State.FAILED, reason="address")
    return message


def state(cast) -> str:
    with account_context(cast.account):
        return Dispatch.objects.get().state


def test_a_coworker_sends_it_again_once(within):
    message = failed(within)
    actions.retry(within.cora, *access.of_message(within.cora, message.pk))
    assert state(within) == State.QUEUED
    assert Activity.objects.filter(verb="dispatch.retried").count() == 1
    with pytest.raises(Conflict):
        actions.retry(within.cora, *access.of_message(within.cora, message.pk))
    with pytest.raises(Missing):
        access.of_message(within.cole, message.pk)


def test_the_message_offers_it_to_the_team_alone(cast, browser_of):
    message = failed(cast)
    again, cora = reverse("conversations:again", args=[message.pk]), browser_of(cast.cora)
    go = reverse("messaging:go", args=[message.pk])
    assert again in cora.get(go, follow=True).content.decode()
    assert again not in browser_of(cast.mia).get(go, follow=True).content.decode()
    assert browser_of(cast.cole).post(again).status_code == 404
    assert browser_of(cast.mia).post(again).status_code == 403
    assert state(cast) == State.FAILED
    page = cora.post(again, follow=True).content.decode()
    assert state(cast) == State.QUEUED and again not in page


def test_the_api_does_the_same(cast, api_of):
    address = f"/api/v1/messages/{failed(cast).pk}/send-again"
    assert api_of(cast.cole).post(address).status_code == 404
    assert api_of(cast.cora).post(address).json()["travel"]["state"] == "queued"
    assert api_of(cast.cora).post(address).status_code == 409


def test_nothing_is_sent_again_to_somebody_inactive(within):
    message = failed(within)
    Client.objects.filter(pk=within.maria.pk).update(status="inactive")
    with pytest.raises(Conflict) as refused:
        actions.retry(within.cora, *access.of_message(within.cora, message.pk))
    assert "is inactive" in str(refused.value) and state(within) == State.FAILED

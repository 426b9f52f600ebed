"""Drafts follow their author; messages wait for their time and are posted once (M5)."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from frontdesk.clients import actions as clients
from frontdesk.core.errors import Invalid, Missing
from frontdesk.core.tenancy.context import across_accounts
from frontdesk.messaging import access, actions, jobs, queries
from frontdesk.messaging.actions.posting import MessageInput
from frontdesk.messaging.jobs import send_scheduled
from frontdesk.messaging.models import Draft, Message

from .rooms import room_of

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def room(within):
    """Maria's room."""
    return room_of(within.maria)


def _wait(within, room, body="Later", after=HOUR) -> Draft:
    return actions.schedule(within.cora, room, MessageInput(body), timezone.now() + after)


def test_a_draft_is_kept_shown_and_forgotten_when_emptied(within, room, browser_of):
    cora = browser_of(within.cora)
    assert cora.post(f"/messages/{room.pk}/draft/", {"body": "Half a thou"}).status_code == 204
    assert "Half a thou" in cora.get(f"/messages/{room.pk}/").content.decode()
    assert "Half a thou" not in browser_of(within.mia).get(f"/messages/{room.pk}/").content.decode()
    cora.post(f"/messages/{room.pk}/draft/", {"body": ""})
    assert not Draft.objects.exists()


def test_a_message_that_waits_is_posted_once_at_its_time(within, room):
    draft = _wait(within, room)
    send_scheduled.function()
    assert not Message.objects.exists()
    with time_machine.travel(timezone.now() + HOUR * 2):
        send_scheduled.function()
        send_scheduled.function()
    message = Message.objects.get()
    assert (message.body, message.author_id, message.key) == ("Later", within.cora.pk, draft.pk)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(("after", "posted"), [(-HOUR, ["Changed"]), (HOUR, [])])
def test_what_is_changed_while_the_batch_runs_leaves_as_it_is_now_or_not_yet(within, room, monkeypatch, after, posted):
    draft = _wait(within, room, "As it was")

    def change(member_id):
        Draft.objects.filter(pk=draft.pk).update(body="Changed", send_at=timezone.now() + after)
        return within.cora

    monkeypatch.setattr(jobs, "_author", change)
    with time_machine.travel(timezone.now() + HOUR * 2):
        send_scheduled.function()
    assert [message.body for message in Message.objects.all()] == posted
    assert not Draft.objects.filter(refused=True).exists()


def test_who_may_no_longer_write_there_is_told_and_the_message_stays(within, room, browser_of):
    _wait(within, room)
    clients.unassign(within.sam, within.maria, within.cora.pk)
    with time_machine.travel(timezone.now() + HOUR * 2):
        send_scheduled.function()
    assert not Message.objects.exists() and Draft.objects.get().refused
    assert "It could not be sent" in browser_of(within.cora).get("/messages/scheduled/").content.decode()


@pytest.mark.parametrize("after", [-HOUR, datetime.timedelta(days=400)])
def test_only_a_time_within_a_year_will_do(within, room, after):
    with pytest.raises(Invalid) as refused:
        _wait(within, room, after=after)
    assert list(refused.value.errors) == ["send_at"]


def test_it_can_be_changed_called_off_and_sent_now_by_its_author_alone(within, room, browser_of):
    first, second = _wait(within, room), _wait(within, room, "Second")
    with pytest.raises(Missing):
        access.own_scheduled(within.mia, first.pk)
    cora = browser_of(within.cora)
    at = timezone.localtime(timezone.now() + HOUR * 30, timezone=datetime.UTC).strftime("%Y-%m-%dT%H:%M")
    cora.post(f"/messages/scheduled/{first.pk}/", {"body": "Changed", "send_at": at})
    assert Draft.objects.get(pk=first.pk).body == "Changed"
    assert "Changed" in cora.post(f"/messages/scheduled/{first.pk}/now/", follow=True).content.decode()
    cora.post(f"/messages/scheduled/{second.pk}/cancel/")
    assert not Draft.objects.exists() and Message.objects.count() == 1


def test_the_page_and_the_api_schedule(within, room, browser_of, api_of):
    at = timezone.localtime(timezone.now() + HOUR * 30)
    typed = {"body": "From the page", "later": "yes", "send_at": at.strftime("%Y-%m-%dT%H:%M")}
    browser_of(within.cora).post(f"/messages/{room.pk}/post/", typed)
    answer = api_of(within.cora).post(
        f"/api/v1/rooms/{room.pk}/scheduled", {"body": "By API", "send_at": at.isoformat()}
    )
    assert answer.status_code == 201
    assert [draft.body for draft in queries.scheduled(within.cora).rows] == ["From the page", "By API"]
    refused = browser_of(within.cora).post(f"/messages/{room.pk}/post/", {**typed, "send_at": "2001-01-01T10:00"})
    assert refused.status_code == 422 and "Choose a time to come." in refused.content.decode()


def test_a_time_that_is_filled_in_holds_whichever_button_was_pressed(within, room, browser_of):
    at = timezone.localtime(timezone.now() + HOUR * 30).strftime("%Y-%m-%dT%H:%M")
    page = browser_of(within.cora).post(f"/messages/{room.pk}/post/", {"body": "Tomorrow", "send_at": at}, follow=True)
    assert not Message.objects.exists() and Draft.objects.get().body == "Tomorrow"
    shown = page.content.decode()
    assert shown.count("Leaves on ") == 2 and f"/messages/scheduled/#body-{Draft.objects.get().pk}" in shown


def test_who_calls_a_message_off_where_they_wrote_it_stays_there(within, room, browser_of):
    draft = _wait(within, room)
    answer = browser_of(within.cora).post(f"/messages/scheduled/{draft.pk}/cancel/", {"back": "thread"})
    assert answer.url == f"/messages/{room.pk}/" and not Draft.objects.exists()


def test_what_is_due_is_found_by_its_time_among_many_drafts(within):
    """However many drafts there are, the look every few seconds reads those that wait."""
    due = Draft.objects.filter(send_at__lte=timezone.now(), refused=False).order_by("send_at", "id")[:200]
    with across_accounts(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        assert "scheduled_due" in due.explain()

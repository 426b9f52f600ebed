"""Assigning, closing, snoozing, calls, and what a rule or an absence does (M4, P14, X11)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from frontdesk.accounts.actions.away import AwayInput, set_away
from frontdesk.accounts.models import System
from frontdesk.activity.models import Activity
from frontdesk.conversations import access, actions, queries
from frontdesk.conversations.models import Conversation, State
from frontdesk.core.errors import Forbidden, Invalid, Missing
from frontdesk.messaging.models import Message

from .talks import answer, arrive, begun, mail


@pytest.fixture
def asked(within):
    """Maria, whom Cora serves, has written."""
    return arrive(within.account, mail())


def test_the_rule_gives_it_to_whoever_serves_the_client(within, asked):
    assert asked.assignee_id == within.cora.pk
    assert Activity.objects.get(verb="conversation.assigned").data["by_rule"]


def test_nobody_is_given_a_conversation_whose_client_they_do_not_see(within, asked):
    with pytest.raises(Invalid):
        actions.assign(within.ana, asked, member=within.cole.pk)
    with pytest.raises(Invalid):
        actions.assign(within.ana, asked, member=within.dora.pk)
    assert actions.assign(within.ana, asked, member=within.sam.pk).assignee_id == within.sam.pk
    assert actions.assign(within.ana, asked).assignee_id is None


def test_the_portal_neither_sees_nor_handles_it(within, asked):
    with pytest.raises(Missing):
        access.get_conversation(within.mia, asked.pk)
    with pytest.raises(Forbidden):
        actions.close(within.mia, asked)


def test_closing_twice_is_closing_once(within, asked):
    closed = actions.close(within.cora, asked)
    actions.close(within.cora, closed)
    assert (closed.state, closed.waiting_since) == (State.CLOSED, None)
    assert Activity.objects.filter(verb="conversation.closed").count() == 1
    assert actions.reopen(within.cora, closed).state == State.OPEN


def test_a_closed_one_that_is_opened_again_waits_as_before(within, asked):
    arrive(within.account, mail(text="Are you there?"))
    opened = actions.reopen(within.cora, actions.close(within.cora, asked))
    assert opened.waiting_since == asked.waiting_since and queries.waiting_count(within.cora) == 1
    answer(within.cora, asked, "On Thursday", way="portal:")
    assert actions.reopen(within.cora, actions.close(within.cora, asked)).waiting_since is None
    machine = arrive(within.account, mail(text="I am out of office", automatic=True))
    assert actions.reopen(within.cora, actions.close(within.cora, machine)).waiting_since is None
    since = arrive(within.account, mail(text="And now?")).waiting_since
    assert actions.reopen(within.cora, actions.close(within.cora, asked)).waiting_since == since


def test_a_snoozed_one_comes_back_at_its_time_and_with_the_next_message(within, asked):
    with pytest.raises(Invalid):
        actions.snooze(within.cora, asked, timezone.now() - timedelta(minutes=1))
    assert actions.snooze(within.cora, asked, timezone.now() + timedelta(hours=1)).state == State.SNOOZED
    assert actions.wake_due(System(within.account)) == 0
    Conversation.objects.update(snoozed_until=timezone.now() - timedelta(seconds=1))
    assert actions.wake_due(System(within.account)) == 1
    actions.snooze(within.cora, asked, timezone.now() + timedelta(hours=1))
    assert arrive(within.account, mail(text="Still here")).state == State.OPEN


def test_who_answers_first_has_it(within):
    conversation = begun(within.victor)
    answer(within.sam, conversation, "Shall we come?")
    conversation.refresh_from_db()
    assert conversation.assignee_id == within.sam.pk


def test_while_the_assignee_is_away_their_deputy_is_given_it(within, asked):
    set_away(within.cora, within.cora, AwayInput(deputy=within.sam.pk))
    after = arrive(within.account, mail(text="And?"))
    assert (after.assignee_id, after.handed_by_id) == (within.sam.pk, within.cora.pk)


def test_a_call_is_noted_for_the_team_and_in_the_timeline(within, asked):
    fresh = access.writable(within.cora, asked.pk)
    actions.log_call(within.cora, fresh, actions.CallInput("+40745112908", "spoke", 4, "Wants a quote"))
    note = Message.objects.get(thread_id=asked.notes_id)
    assert "Wants a quote" in note.body
    assert Activity.objects.get(verb="conversation.called").client_id == within.maria.pk
    with pytest.raises(Invalid) as refused:
        actions.log_call(within.cora, fresh, actions.CallInput("", "sang", -1))
    assert set(refused.value.errors) == {"outcome", "minutes"}

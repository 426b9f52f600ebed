"""Of two clients who become one, what is to be done in either conversation goes on in one of them (C18, X12)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from frontdesk.clients.merging.actions import merge
from frontdesk.conversations import access, actions, queries
from frontdesk.conversations.models import Conversation, State
from frontdesk.conversations.opening import current
from frontdesk.core.errors import Conflict
from frontdesk.messaging.models import Thread
from frontdesk.undo import actions as undo

from .talks import answer, arrive, begun, mail

FORGED = {"verified": False, "sender_name": "Maria"}


@pytest.fixture
def prospect(within):
    """Somebody who says that they are Maria has written, and Sam has taken it."""
    made = arrive(within.account, mail(**FORGED))
    return actions.assign(within.sam, made, member=within.sam.pk)


def rows() -> list[dict]:
    return list(Conversation.objects.order_by("pk").values())


def test_what_waits_goes_on_in_the_kept_one_and_back_with_undo(within, prospect):
    kept = arrive(within.account, mail())
    answer(within.cora, kept, "On Thursday", way="portal:")
    actions.close(within.cora, kept)
    before = rows()
    change = merge(within.ana, within.maria, prospect.client)
    kept.refresh_from_db()
    assert (kept.state, kept.waiting_since, kept.last_at) == (
        State.OPEN, prospect.waiting_since, max(kept.last_at, prospect.last_at),
    )  # fmt: skip
    assert (kept.assignee_id, kept.unconfirmed) == (within.sam.pk, False)
    former = Conversation.objects.get(pk=prospect.pk)
    assert (former.former, former.state, former.waiting_since) == (True, State.CLOSED, None)
    with pytest.raises(Conflict):
        access.writable(within.sam, former.pk)
    assert [queries.waiting_count(one) for one in (within.sam, within.ana)] == [1, 0]
    assert actions.close(within.sam, kept) and queries.waiting_count(within.sam) == 0
    Conversation.objects.filter(pk=kept.pk).update(
        state=State.OPEN, waiting_since=prospect.waiting_since, closed_at=None
    )
    undo.undo(within.ana, change)
    assert rows() == before


def test_what_was_to_be_done_in_the_kept_one_stays_as_it_is(within, prospect):
    kept = arrive(within.account, mail())
    Conversation.objects.filter(pk=prospect.pk).update(waiting_since=None, state=State.CLOSED)
    merge(within.ana, within.maria, prospect.client)
    after = current(within.maria.pk)
    assert (after.pk, after.state, after.assignee_id) == (kept.pk, State.OPEN, within.cora.pk)
    assert after.waiting_since == kept.waiting_since


def test_an_empty_one_gives_way(within, prospect):
    empty = begun(within.maria)
    before = rows()
    change = merge(within.ana, within.maria, prospect.client)
    after = current(within.maria.pk)
    assert (after.pk, after.state, after.assignee_id, after.unconfirmed) == (
        prospect.pk, State.OPEN, within.sam.pk, False,
    )  # fmt: skip
    assert not Thread.objects.filter(pk__in=[empty.thread_id, empty.notes_id]).exists()
    undo.undo(within.ana, change)
    assert rows() == before


def test_where_there_was_none_the_merge_says_who_the_sender_is(within, prospect):
    change = merge(within.ana, within.maria, prospect.client)
    assert (current(within.maria.pk).pk, current(within.maria.pk).unconfirmed) == (prospect.pk, False)
    undo.undo(within.ana, change)
    assert current(prospect.client_id).unconfirmed


def test_two_who_are_both_unproven_stay_so(within, prospect):
    other = arrive(within.account, mail("other@example.com", verified=False))
    merge(within.ana, other.client, prospect.client)
    assert current(other.client_id).unconfirmed


def test_a_snoozed_one_of_the_other_does_not_come_back_by_itself(within, prospect):
    kept = arrive(within.account, mail())
    actions.snooze(within.sam, prospect, timezone.now() + timedelta(hours=1))
    merge(within.ana, within.maria, prospect.client)
    assert not Conversation.objects.filter(snoozed_until__isnull=False).exists()
    assert current(within.maria.pk).pk == kept.pk

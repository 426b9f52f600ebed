"""A client finds one place to write to the business, and what they write reaches somebody (M2, M4, M6)."""

from django.urls import reverse

from frontdesk.clients.models import Assignment
from frontdesk.conversations import actions, queries
from frontdesk.conversations.models import Conversation
from frontdesk.core.jobs.models import QueuedJob
from frontdesk.core.jobs.worker import run_due
from frontdesk.messaging import actions as messages
from frontdesk.messaging import queries as threads
from frontdesk.messaging.actions.posting import MessageInput
from frontdesk.notify.models import Notice
from frontdesk.notify.queries import bell, numbers

from ..messaging.rooms import room_of
from .talks import arrive, begun, mail


def listed(actor) -> list[str]:
    """What stands among somebody's messages."""
    return [row.title.name for row in threads.rooms(actor).rows]


def tell() -> None:
    """Run what waits, also what pauses first."""
    QueuedJob.objects.update(run_at="2026-01-01T00:00Z")
    run_due()


def test_a_client_finds_the_conversation_before_anything_was_said(within, browser_of):
    mia, name = browser_of(within.mia), within.account.name
    assert name in mia.get(reverse("messaging:list")).content.decode()
    assert listed(within.mia) == [name]
    thread = Conversation.objects.get(client=within.maria).thread_id
    shown = mia.get(reverse("messaging:thread", args=[thread])).content.decode()
    assert reverse("messaging:about", args=[thread]) not in shown, "a conversation has no such page"
    assert mia.post(reverse("messaging:post", args=[thread]), {"body": "Hello?"}).status_code == 302
    assert queries.waiting_count(within.cora) == 1


def test_the_room_of_the_client_is_told_apart_and_there_once_it_is_used(within, browser_of):
    browser_of(within.mia).get(reverse("messaging:list"))
    messages.post(within.cora, room_of(within.maria), MessageInput("The whole team says hello"))
    assert sorted(listed(within.mia)) == [within.account.name, f"Team of {within.account.name}"]


def test_what_nobody_serves_reaches_the_admins_wherever_it_is_written(within, browser_of):
    Assignment.objects.filter(client=within.maria).delete()
    browser_of(within.mia).get(reverse("messaging:list"))
    messages.post(within.mia, begun(within.maria).thread, MessageInput("Is anybody there?"))
    messages.post(within.mia, room_of(within.maria), MessageInput("Or here?"))
    tell()
    told = Notice.objects.filter(member=within.ana).values_list("kind", flat=True)
    assert sorted(told) == ["conversations.message", "messages.message"]
    assert not Notice.objects.filter(member=within.cora).exists()


def test_a_mention_in_a_note_counts_at_the_bell(within):
    actions.note(within.ana, begun(within.maria), MessageInput("@Cora please call"))
    tell()
    assert bell(numbers(within.cora)) == 1


def test_the_portal_marks_who_is_not_confirmed_and_shows_no_addresses(within, browser_of):
    conversation = begun(within.maria)
    arrive(within.account, mail("husband@private.example", "The keys", verified=False, conversation=conversation.pk))
    page = browser_of(within.mia).get(reverse("messaging:thread", args=[conversation.thread_id])).content.decode()
    assert "The keys" in page and "Sender not confirmed" in page
    assert "E-mail · " not in page

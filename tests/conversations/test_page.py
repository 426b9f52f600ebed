"""What the page of a conversation tells (M4, M5, M6)."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from frontdesk.conversations import access, actions
from frontdesk.conversations.models import Conversation, State
from frontdesk.messaging import actions as messages
from frontdesk.messaging.actions.posting import MessageInput

from .talks import answer, arrive, mail


@pytest.fixture
def asked(within):
    """Maria has written by e-mail."""
    return arrive(within.account, mail())


def _page(browser, conversation, part: str = "") -> str:
    return browser.get(f"/inbox/{conversation.pk}/{part}").content.decode()


def _classes(page: str) -> list[str]:
    return re.findall(r'<article class="(msg[^"]*)"', page)


def test_what_the_team_wrote_stands_on_its_side(within, asked, browser_of):
    answer(within.cora, asked, "On Thursday")
    actions.note(within.cora, access.writable(within.cora, asked.pk), MessageInput("She waits"))
    assert _classes(_page(browser_of(within.cora), asked)) == ["msg", "msg out", "msg inside out"]
    assert _classes(_page(browser_of(within.ana), asked)) == ["msg", "msg out colleague", "msg inside out colleague"]


def test_messages_by_different_ways_are_told_apart(within, asked, browser_of):
    for way in ("email:maria@example.com", "portal:", "portal:"):
        answer(within.cora, asked, "Here", way=way)
    assert _classes(_page(browser_of(within.cora), asked)) == ["msg", "msg out", "msg out", "msg continued out"]


def test_only_the_clients_people_are_said_to_have_read_and_only_an_answer(within, asked, browser_of):
    cora = browser_of(within.cora)
    messages.mark_read(within.ana, asked.thread)
    messages.mark_read(within.mia, asked.thread)
    shown = _page(cora, asked)
    assert "Read by Ana" not in shown and re.search(r'data-n="1" hidden[^>]*>.*Read by Mia', shown)
    answer(within.cora, asked, "On Thursday")
    asked.thread.refresh_from_db()
    messages.mark_read(within.mia, asked.thread)
    assert re.search(r'data-n="2" title="[^"]*">.*Read by Mia', _page(cora, asked))
    portal = browser_of(within.mia).get(f"/messages/{asked.thread_id}/").content.decode()
    assert not re.search(r"<span data-reader[^>]*(?<! hidden) title", portal)


def test_the_state_of_an_open_page_is_asked_anew(within, asked, browser_of):
    answer(within.cora, asked, "On Thursday")
    shown = _page(browser_of(within.ana), asked, "state/")
    assert "Assigned to Cora" in shown and 'class="happened" id="h-' in shown
    actions.close(within.cora, access.writable(within.cora, asked.pk))
    assert "Reopen" in _page(browser_of(within.ana), asked, "state/")


def test_the_badge_of_an_open_page_is_asked_anew(within, asked, browser_of):
    cora = browser_of(within.cora)
    assert cora.get("/inbox/waiting/").json() == {"inbox": 1}
    answer(within.cora, asked, "On Thursday")
    assert cora.get("/inbox/waiting/").json() == {"inbox": 0}


def test_what_is_opened_is_read_in_the_list_beside_it(within, asked, browser_of):
    ana = browser_of(within.ana)
    assert 'class="unread"' in ana.get("/inbox/").content.decode()
    assert 'class="unread"' not in _page(ana, asked)


def test_taking_over_can_be_undone(within, asked, browser_of):
    ana = browser_of(within.ana)
    page = ana.post(reverse("conversations:assign", args=[asked.pk]), {"member": "me"}, follow=True).content.decode()
    assert "The conversation is yours." in page
    assert Conversation.objects.get(pk=asked.pk).assignee == within.ana
    (undo,) = re.findall(r'action="([^"]*undo=yes[^"]*)"', page)
    ana.post(undo.replace("&amp;", "&"))
    assert Conversation.objects.get(pk=asked.pk).assignee == asked.assignee


def test_a_conversation_is_snoozed_by_one_click(within, asked, browser_of):
    ana = browser_of(within.ana)
    (first, *_rest) = re.findall(r'name="at" value="([^"]+)"', _page(ana, asked))
    ana.post(reverse("conversations:snooze", args=[asked.pk]), {"at": first, "until": ""})
    found = Conversation.objects.get(pk=asked.pk)
    assert found.state == State.SNOOZED and found.snoozed_until > timezone.now() + timedelta(minutes=30)


def test_a_heading_is_set_off_from_the_text_in_the_list(within, browser_of):
    arrive(within.account, mail(text="Boiler\n\nIt drips.\n\nHow soon?"))
    assert "Boiler – It drips. How soon?" in browser_of(within.ana).get("/inbox/").content.decode()

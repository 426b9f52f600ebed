"""The inbox and its pages: who sees what, in how many statements, by page and API (M4, M6, M8, A1, A2, C6)."""

import html
import re
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from frontdesk.conversations import access, actions, queries, reaching
from frontdesk.conversations.models import Conversation, Envelope
from frontdesk.conversations.queries import Filters, Position
from frontdesk.conversations.views import frame
from frontdesk.messaging import access as threads
from frontdesk.messaging.actions.posting import MessageInput
from frontdesk.messaging.queries import Line
from frontdesk.messaging.search import search

from .talks import answer, arrive, mail

VICTOR = "victor@example.com"


@pytest.fixture
def two(within):
    """Maria and Victor have written; nobody serves Victor."""
    return arrive(within.account, mail()), arrive(within.account, mail(VICTOR, "My bill, please"))


def names(actor, **filters) -> list[str]:
    """The clients in somebody's inbox."""
    return [row.conversation.client.name for row in queries.inbox(actor, Filters(**filters)).rows]


def test_each_sees_the_conversations_of_the_clients_they_see(within, two):
    assert names(within.ana) == ["Victor Țurcanu", "Maria Ionescu"]
    assert names(within.cora) == ["Maria Ionescu"]
    assert names(within.cole) == [] == names(within.mia)
    assert names(within.cora, whose="mine") == ["Maria Ionescu"]
    assert names(within.ana, whose="unassigned") == ["Victor Țurcanu"]
    assert names(within.ana, member=within.cora.pk) == ["Maria Ionescu"]
    assert names(within.ana, state="closed") == []


def test_a_name_finds_conversations_of_any_state_among_those_one_sees(within, two, browser_of, api_of):
    actions.close(within.ana, two[1])
    assert names(within.ana, q="turcanu", state="all") == ["Victor Țurcanu"]
    assert names(within.ana, q="turcanu") == [] == names(within.cora, q="turcanu", state="all")
    page = browser_of(within.ana).get("/inbox/", {"q": "turcanu & co", "state": "all"}).text
    assert "No conversation with “turcanu &amp; co”" in page and "q=turcanu+%26+co" in page
    page = browser_of(within.ana).get("/inbox/", {"q": "Țurcanu", "state": "all"}).text
    assert "Victor Țurcanu" in page and "Maria Ionescu" not in page
    found = api_of(within.ana).get("/api/v1/conversations", {"q": "maria", "state": "all"}).json()["data"]
    assert [one["client_name"] for one in found] == ["Maria Ionescu"]


def test_the_list_beside_a_conversation_holds_those_around_it(within, browser_of):
    for number in range(frame.BESIDE + 10):
        arrive(within.account, mail(f"writer{number}@example.com"))
    ana, every = browser_of(within.ana), [row.conversation.pk for row in queries.inbox(within.ana, Filters()).rows]

    def addresses(page: str) -> list[str]:
        return re.findall(r'data-conversation="[^"]+".*?<a href="([^"]+)"', page)

    def beside(address: str) -> list[str]:
        return addresses(ana.get(html.unescape(address)).text)

    def numbers(found: list[str]) -> list[int]:
        return [every.index(UUID(address.split("/")[2].partition("?")[0])) for address in found]

    listed = addresses(ana.get("/inbox/").text)
    assert numbers(listed) == list(range(len(every)))
    for number, address in enumerate(listed):
        around = numbers(beside(address))
        least, most = max(number - frame.AROUND, 0), min(number + frame.AROUND, len(every) - 1)
        assert set(range(least, most + 1)) <= set(around) and len(around) <= frame.BESIDE
    highest = numbers(page := beside(listed[-1]))[0]
    while highest:
        highest, before = numbers(page := beside(page[0]))[0], highest
        assert highest < before
    assert numbers(page)[:3] == [0, 1, 2]


def test_an_answer_goes_by_default_as_the_client_wrote_last(within, two):
    def first() -> str:
        return reaching.ways(access.get_conversation(within.ana, two[0].pk))[0].channel.key

    assert first() == "email"
    answer(within.cora, two[0], "Look at the portal", way="portal:")
    assert first() == "email"


def test_the_number_in_the_navigation_is_what_waits_for_an_answer(within, two):
    assert [queries.waiting_count(one) for one in (within.ana, within.cora, within.cole)] == [1, 1, 0]
    answer(within.cora, two[0], "On Thursday", way="portal:")
    assert queries.waiting_count(within.cora) == 0


def test_the_stream_holds_both_threads_in_order_and_pages_back(within, two):
    conversation = access.get_conversation(within.cora, two[0].pk)
    for number in range(60):
        actions.note(within.cora, conversation, MessageInput(f"Note {number}"))
        if number % 3 == 0:
            arrive(within.account, mail(text=f"Mail {number}"))
    fresh = access.get_conversation(within.cora, two[0].pk)
    seen, place = [], None
    while True:
        page = queries.stream(fresh, before=place)
        seen = [item.message.pk for item in page.items if isinstance(item, Line)] + seen
        place = page.older
        if place is None:
            break
    assert len(seen) == len(set(seen)) == 60 + 20 + 1
    caught = queries.stream(fresh, after=Position(1, 0))
    assert len(caught.items) == 50 and caught.newer is not None


def test_what_happened_between_two_pages_is_on_one_of_them(within, two):
    conversation = access.get_conversation(within.cora, two[0].pk)
    for number in range(49):
        actions.note(within.cora, conversation, MessageInput(f"Note {number}"))
    actions.close(within.cora, access.get_conversation(within.cora, two[0].pk))
    for number in range(50):
        actions.note(within.cora, conversation, MessageInput(f"Later note {number}"))
    fresh = access.get_conversation(within.cora, two[0].pk)
    newest = queries.stream(fresh)
    older = queries.stream(fresh, before=newest.older)
    happened = [item.row.entry.verb for page in (newest, older) for item in page.items if not isinstance(item, Line)]
    assert happened.count("conversation.closed") == 1


def test_a_page_of_the_inbox_takes_as_many_statements_for_many_as_for_few(within, browser_of, two):
    page = browser_of(within.ana)
    address = reverse("conversations:list")
    page.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page.get(address)
    for client in (within.ioana, within.radu):
        client.refresh_from_db()
        arrive(within.account, mail(f"{client.pk}@example.com"))
    with CaptureQueriesContext(connection) as many:
        assert page.get(address).status_code == 200
    assert len(many) == len(few) <= 24


def test_pages_show_the_conversation_and_mark_it_read(within, browser_of, two):
    page, address = browser_of(within.cora), reverse("conversations:show", args=[two[0].pk])
    answer_ = page.get(address)
    assert answer_.status_code == 200 and b"When can you come?" in answer_.content
    assert not queries.row_of(within.cora, Conversation.objects.get(pk=two[0].pk)).unread
    assert page.get(reverse("conversations:show", args=[two[1].pk])).status_code == 404
    assert browser_of(within.mia).get(address).status_code in (403, 404)


def test_typed_words_come_back_with_the_reason(within, browser_of, two):
    page = browser_of(within.cora)
    refused = page.post(
        reverse("conversations:reply", args=[two[0].pk]), {"body": "Keep me", "way": "email:no@example.com"}
    )
    assert refused.status_code == 422 and b"Keep me" in refused.content
    assert b"Keep me" in page.get(reverse("conversations:show", args=[two[0].pk])).content, "who goes on by a link"


def test_how_long_a_text_is_can_be_asked_of_any_way(within, browser_of, two):
    page, address = browser_of(within.cora), reverse("conversations:measure", args=[two[0].pk])
    assert b"2 parts" in page.post(address, {"way": "sms:+40745112908", "body": "a" * 161}).content
    assert page.post(address, {"way": "fax:1", "body": "a"}).status_code == 200


def test_the_api_reads_writes_and_handles(within, api_of, two):
    api, one = api_of(within.cora), f"/api/v1/conversations/{two[0].pk}"
    assert [row["client_name"] for row in api.get("/api/v1/conversations").json()["data"]] == ["Maria Ionescu"]
    made = api.post(f"{one}/messages", {"body": "On Thursday", "way": "portal:"})
    assert made.status_code == 201 and made.json()["travel"]["channel"] == "portal"
    assert api.post(f"{one}/notes", {"body": "Ask first"}).json()["internal"]
    read = api.get(f"{one}/messages").json()["data"]
    assert [row["body"] for row in read] == ["When can you come?", "On Thursday", "Ask first"]
    assert api.post(f"{one}/close", {}).json()["state"] == "closed"
    assert api.post(f"{one}/messages", {"body": "x", "way": "fax:1"}).status_code == 422
    assert api.get(f"/api/v1/conversations/{two[1].pk}").status_code == 404


def test_notes_are_found_by_the_team_and_never_by_the_client(within, two):
    conversation = access.get_conversation(within.cora, two[0].pk)
    actions.note(within.cora, conversation, MessageInput("The zebra owes us"))
    answer(within.cora, conversation, "The giraffe is repaired", way="portal:")
    assert len(search(within.ana, "zebra").messages) == 1
    assert len(search(within.cora, "zebra").messages) == 1
    assert search(within.cole, "zebra").messages == []
    assert search(within.mia, "zebra").messages == []
    assert len(search(within.mia, "giraffe").messages) == 1
    assert search(within.greta, "giraffe").messages == [] == search(within.vic, "giraffe").messages


def test_the_client_reads_and_writes_in_the_portal_without_seeing_notes(within, browser_of, two):
    conversation = access.get_conversation(within.cora, two[0].pk)
    actions.note(within.cora, conversation, MessageInput("The zebra owes us"))
    page = browser_of(within.mia)
    shown = page.get(reverse("messaging:thread", args=[conversation.thread_id]))
    assert shown.status_code == 200 and b"When can you come?" in shown.content and b"zebra" not in shown.content
    assert page.get(reverse("messaging:thread", args=[conversation.notes_id])).status_code == 404
    assert b"zebra" not in page.get(reverse("messaging:list")).content
    sent = page.post(reverse("messaging:post", args=[conversation.thread_id]), {"body": "And now?"})
    assert sent.status_code == 302
    assert browser_of(within.greta).get(reverse("messaging:thread", args=[conversation.thread_id])).status_code == 404
    assert not threads.threads_of(within.mia).filter(pk=conversation.notes_id).exists()
    assert threads.threads_of(within.mia).filter(pk=conversation.thread_id).exists()


def test_a_mail_that_came_can_be_seen_as_it_looked(within, browser_of, two):
    shown = browser_of(within.cora).get(reverse("conversations:show", args=[two[0].pk])).content.decode()
    envelope = Envelope.objects.get(message__thread_id=two[0].thread_id)
    assert reverse("channels:mail_document", args=[envelope.arrival]) in shown

"""Answers leave by the chosen way, notes never do (M4, M5, M6, M7, C15)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from frontdesk.channels.email import composing
from frontdesk.channels.models import Dispatch
from frontdesk.clients.models import Client, ClientAccess, ContactPoint
from frontdesk.clients.subscriptions.actions import unsubscribe
from frontdesk.conversations import access, actions, reaching
from frontdesk.conversations.models import Envelope, State
from frontdesk.core.errors import Conflict, Invalid, Missing
from frontdesk.files.actions import receive
from frontdesk.messaging import access as threads
from frontdesk.messaging.actions import edit_message, post
from frontdesk.messaging.actions.posting import MessageInput
from frontdesk.messaging.models import Draft, Message

from ..files import samples
from .talks import MARIA, answer, arrive, begun, mail


@pytest.fixture
def asked(within):
    """Maria has written by e-mail."""
    return arrive(within.account, mail())


def test_an_answer_by_mail_is_queued_with_its_message(within, asked):
    message = answer(within.cora, asked, "On Thursday")
    dispatch = Dispatch.objects.get()
    assert (dispatch.channel, dispatch.to, dispatch.cause_id, dispatch.thread) == ("email", MARIA, message.pk, asked.pk)
    assert dispatch.purpose == "transactional"
    assert dispatch.subject == "Re: The boiler"
    asked.refresh_from_db()
    assert asked.waiting_since is None and asked.assignee == within.cora


def test_who_was_unsubscribed_can_be_answered_by_mail_but_not_written_to(within, asked):
    unsubscribe(within.ana, within.maria)
    answer(within.cora, asked, "You asked")
    Envelope.objects.filter(outgoing=False).delete()
    with pytest.raises(Invalid) as refused:
        answer(within.cora, asked, "News!", way=f"email:{MARIA}")
    assert "way" in refused.value.errors
    assert Message.objects.filter(author=within.cora).count() == Dispatch.objects.count() == 1


def test_the_page_says_why_a_way_is_closed(within, asked, browser_of):
    """C15: before one writes, and on the page of an inactive client too."""
    unsubscribe(within.ana, within.maria)
    Envelope.objects.filter(outgoing=False).delete()
    page = browser_of(within.cora).get(f"/inbox/{asked.pk}/").content.decode()
    assert "Unsubscribed on" in page and " disabled" in page
    Client.objects.filter(pk=within.maria.pk).update(status="inactive")
    page = browser_of(within.cora).get(f"/inbox/{asked.pk}/").content.decode()
    assert "is inactive and gets no messages" in page


def test_an_address_that_is_not_the_clients_is_refused(within, asked):
    with pytest.raises(Invalid):
        answer(within.cora, asked, "Psst", way="email:else@example.com")
    assert not Dispatch.objects.exists()


def test_nobody_to_write_to_is_said(within):
    ContactPoint.objects.filter(contact__client=within.radu).delete()
    ClientAccess.objects.filter(client=within.radu).delete()
    conversation = begun(within.radu)
    assert not reaching.ways(conversation)
    with pytest.raises(Invalid):
        answer(within.ana, conversation, "Hello")


def test_a_note_is_the_teams_alone(within, asked):
    note = actions.note(within.cora, access.writable(within.cora, asked.pk), MessageInput("She is *angry*"))
    assert not Dispatch.objects.exists()
    with pytest.raises(Missing):
        threads.get_message(within.mia, note.pk)
    with pytest.raises(Missing):
        threads.get_thread(within.mia, asked.notes_id)


def test_a_note_never_waits_to_be_sent_whatever_is_asked(within, asked, browser_of):
    """Messages that wait are answers: a note that did would leave at its time."""
    cora, path = browser_of(within.cora), f"/inbox/{asked.pk}/"
    assert "Send later" in cora.get(path).content.decode()
    assert "Send later" not in cora.get(path, {"write": "note"}).content.decode()
    cora.post(f"{path}note/", {"body": "They never pay", "later": "yes", "send_at": "2090-01-01T09:00"})
    assert Message.objects.get(body="They never pay").thread_id == asked.notes_id
    assert not Draft.objects.exists() and not Dispatch.objects.exists()


def test_a_client_writes_in_the_portal_and_reads_the_answer(within):
    conversation = begun(within.maria)
    thread = threads.writable(within.mia, conversation.thread_id)
    post(within.mia, thread, MessageInput("Hello from the portal"))
    conversation.refresh_from_db()
    assert (conversation.state, conversation.channel) == (State.OPEN, "portal")
    message = answer(within.cora, conversation, "Hello back")
    assert not Dispatch.objects.exists()
    assert threads.get_message(within.mia, message.pk)


def test_what_has_left_can_no_longer_be_changed(within, asked):
    message = answer(within.cora, asked, "On Thursday")
    with pytest.raises(Conflict):
        edit_message(within.cora, *threads.own_message(within.cora, message.pk), "On Friday")


def test_a_mail_that_is_no_answer_says_how_to_unsubscribe(within, asked):
    answer(within.cora, asked, "You asked")
    assert "List-Unsubscribe" not in Dispatch.objects.get().headers
    Envelope.objects.filter(outgoing=False).delete()
    answer(within.cora, asked, "By the way", way=f"email:{MARIA}")
    assert Dispatch.objects.order_by("-id").first().headers["List-Unsubscribe"].startswith("<http")


def test_an_answer_with_a_time_waits_for_it_whichever_button_was_pressed(within, asked, browser_of):
    at = timezone.localtime(timezone.now() + timedelta(hours=30)).strftime("%Y-%m-%dT%H:%M")
    page = browser_of(within.cora).post(f"/inbox/{asked.pk}/reply/", {"body": "Soon", "send_at": at}, follow=True)
    assert not Dispatch.objects.exists() and Draft.objects.get().body == "Soon"
    assert page.content.decode().count("Leaves on ") == 2
    refused = browser_of(within.cora).post(f"/inbox/{asked.pk}/reply/", {"body": "Soon", "later": "yes"})
    assert refused.status_code == 422 and Draft.objects.filter(send_at=None).exists()


def test_a_first_mail_is_not_said_to_have_a_subject_before(within, asked, browser_of):
    cora = browser_of(within.cora)
    assert "Subject (as before if empty)" in cora.get(f"/inbox/{asked.pk}/").content.decode()
    assert "as before if empty" not in cora.get(f"/inbox/{begun(within.victor).pk}/").content.decode()


def test_an_out_of_office_mail_is_no_message_of_the_clients_own(within, asked):
    unsubscribe(within.ana, within.maria)
    Envelope.objects.filter(outgoing=False).delete()
    arrive(within.account, mail(text="I am away until Monday.", automatic=True))
    with pytest.raises(Invalid) as refused:
        answer(within.cora, asked, "News!", way=f"email:{MARIA}")
    assert "Unsubscribed on" in refused.value.errors["way"][0]


def test_files_too_large_for_an_email_are_refused_with_the_limit(within, asked, monkeypatch):
    monkeypatch.setattr(composing, "LARGEST", 1 << 20)
    files = [
        receive(within.cora, samples.upload(f"{number}.txt", b"line of text\n" * 50_000)).pk for number in range(2)
    ]
    answer(within.cora, asked, "One", files=files[:1], way=f"email:{MARIA}")
    files.append(receive(within.cora, samples.upload("3.txt", b"line of text\n" * 50_000)).pk)
    with pytest.raises(Invalid) as refused:
        answer(within.cora, asked, "Two", files=tuple(files[1:]), way=f"email:{MARIA}")
    assert "at most 1 MB" in refused.value.errors["files"][0]
    assert Dispatch.objects.count() == 1

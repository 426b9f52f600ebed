"""Somebody sends an inquiry: a prospect with a conversation, once, and never another client's (M9)."""

import threading
import uuid

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from frontdesk.activity.models import Activity
from frontdesk.channels.models import Dispatch
from frontdesk.clients.merging.actions import merge
from frontdesk.clients.models import Status
from frontdesk.clients.queries import recent_activity
from frontdesk.conversations.models import Conversation, Envelope, InboxRule, State
from frontdesk.core.tenancy.context import account_context
from frontdesk.files.models import StoredFile
from frontdesk.inquiries import actions
from frontdesk.inquiries.actions import sending
from frontdesk.inquiries.models import Inquiry
from frontdesk.messaging.models import Message
from frontdesk.teams.actions import TeamInput, add_team

from ..files.samples import picture as png
from .visitors import NORA, field, form_of, opened, path_of, send, visitor


@pytest.fixture
def inside(cast):
    """The context of the first business."""
    with account_context(cast.account):
        yield cast


def test_it_opens_a_conversation_with_a_prospect(form, inside):
    answer = send(form)
    assert answer.status_code == 302 and answer.headers["Location"].startswith(path_of(form, "thanks"))
    made = Inquiry.objects.select_related("client").get()
    assert (made.client.name, made.client.status, made.client.email) == ("Nora New", Status.PROSPECT, NORA["email"])
    told = [row.verb for row, name in recent_activity(inside.ana) if name == "Nora New"]
    assert told == ["inquiry.received", "client.created"]
    conversation = Conversation.objects.get(client=made.client)
    assert (conversation.state, conversation.unconfirmed, conversation.channel) == (State.OPEN, True, "form")
    assert conversation.waiting_since is not None
    said, envelope = Message.objects.get(thread_id=conversation.thread_id), Envelope.objects.get()
    assert (said.body, said.signed, said.author) == (NORA["message"], "Nora New", None)
    assert not envelope.verified and not envelope.outgoing and envelope.address == NORA["email"]
    assert "Folio Repairs may keep what I enter here" in made.consent and made.language == "en"
    assert Activity.objects.filter(verb="inquiry.received", client_id=made.client_id).exists()


def test_a_second_click_and_a_reload_send_nothing(form, inside):
    browser = visitor()
    sent = {**NORA, **opened(browser, form)}
    first, second = browser.post(path_of(form), sent), browser.post(path_of(form), sent)
    assert first.headers["Location"] == second.headers["Location"]
    assert Inquiry.objects.count() == Message.objects.count() == 1
    assert browser.get(first.headers["Location"]).status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="one connection")
def test_two_at_the_same_time_are_one(cast, form):
    checked = _checked(cast, form)
    key, made = uuid.uuid4(), []

    def work():
        with account_context(cast.account):
            made.append(actions.send(cast.account, form, checked, key).pk)
        connection.close()

    threads = [threading.Thread(target=work) for _number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(made) == 4 and len(set(made)) == 1


def _checked(cast, form):
    with account_context(cast.account):
        typed = actions.Typed("Nora", "nora@example.com", message="Hello", agreed=True)
        return actions.check(cast.account, form, typed)


def test_who_says_to_be_a_client_does_not_reach_their_conversation(form, inside):
    send(form, email="maria@example.com", name="Maria Ionescu")
    send(form, email="maria@example.com", name="Maria Ionescu", message="And on Tuesday?")
    made = {one.client_id for one in Inquiry.objects.all()}
    assert len(made) == 1 and inside.maria.pk not in made
    assert not Conversation.objects.filter(client=inside.maria).exists()
    assert Conversation.objects.get().unconfirmed


def test_an_address_of_another_does_not_come_into_their_prospect(form, inside):
    send(form)
    send(form, phone="0745 112 999")
    assert len({one.client_id for one in Inquiry.objects.all()}) == 2


def test_by_phone_alone(form, inside):
    send(form, email="", phone="0745 112 999")
    made = Inquiry.objects.select_related("client").get()
    assert made.client.phone == "+40745112999" and not Dispatch.objects.exists()


def test_it_goes_to_the_team_of_the_form_and_to_one_of_it(cast, inside):
    team = add_team(cast.ana, TeamInput("Front office", members=[cast.sam.pk]))
    send(form_of(cast, team=team.pk))
    conversation = Conversation.objects.get()
    assert (conversation.team_id, conversation.assignee_id) == (team.pk, cast.sam.pk)


def test_colleagues_may_choose_who_takes_it(cast, inside):
    InboxRule.objects.create(account=cast.account, rule=InboxRule.Rule.NOBODY)
    team = add_team(cast.ana, TeamInput("Front office", members=[cast.sam.pk]))
    send(form_of(cast, team=team.pk))
    conversation = Conversation.objects.get()
    assert (conversation.team_id, conversation.assignee_id) == (team.pk, None)


def test_the_acknowledgement_repeats_nothing_and_comes_once_a_day(form, inside):
    for text in ("Buy at https://bad.example", "Again"):
        send(form, name="Cheap pills at bad.example", message=text)
    mail = Dispatch.objects.get()
    assert (mail.to, mail.to_name, mail.purpose) == (NORA["email"], "", "transactional")
    assert mail.headers["Auto-Submitted"] == "auto-replied"
    assert not [word for word in ("pills", "bad.example", "Again") if word in mail.subject + mail.text + mail.html]
    assert mail.subject == "Folio Repairs: we have your message"
    assert mail.thread == Conversation.objects.get().pk


def test_a_topic_is_the_subject_of_the_answer(cast, inside):
    form = form_of(cast, topics=["A quote", "Something else"])
    assert "Choose one from the list." in send(form, topic="Evil").content.decode()
    assert send(form, topic="A quote").status_code == 302
    assert Envelope.objects.get().subject == "A quote"
    assert Message.objects.get().body.startswith("A quote\n\nCan you")


def photo():
    """A photo as a browser sends it."""
    return SimpleUploadedFile("roof.png", png(), "image/png")


def test_photos_come_along_and_only_with_a_whole_inquiry(cast, inside):
    form, browser = form_of(cast, photos=True), visitor()
    sent = {**NORA, **opened(browser, form)}
    for missing in ({"message": ""}, {"agreed": ""}, {"speak": "en"}):
        asked = browser.post(path_of(form), {**sent, **missing, "photos": photo()})
        assert "choose the photos again" in asked.content.decode() and not StoredFile.objects.exists()
    assert browser.post(path_of(form), {**sent, "photos": photo()}).status_code == 302
    assert StoredFile.objects.get().place == "message"


def test_who_confirms_by_hand_chooses_the_photos_there(cast, inside):
    form, browser = form_of(cast, photos=True), visitor()
    sent = {**NORA, **opened(browser, form), "proof": ""}
    plain = browser.post(path_of(form), sent).content.decode()
    assert "One more step" in plain and 'name="photos"' not in plain
    asked = browser.post(path_of(form), {**sent, "photos": photo()})
    assert "choose the photos again" in asked.content.decode() and not StoredFile.objects.exists()
    confirmed = {**NORA, "ticket": field(asked, "ticket"), "photos": photo()}
    assert browser.post(path_of(form), confirmed).status_code == 302
    assert StoredFile.objects.get().place == "message"


def test_a_form_has_a_limit_of_photos(cast, inside, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "inquiry_form_photo": "1/h/key"}
    form = form_of(cast, photos=True)
    assert send(form, photos=photo()).status_code == 302
    refused = send(form, message="And another", photos=photo())
    assert refused.status_code == 422 and "Too many photos" in refused.content.decode()
    assert send(form_of(cast, photos=True), message="Elsewhere", photos=photo()).status_code == 302
    assert StoredFile.objects.count() == 2


@pytest.mark.parametrize("name", ["evil.exe", "page.html", "list.pdf"])
def test_only_photos_are_taken(cast, inside, name):
    form, browser = form_of(cast, photos=True), visitor()
    file = SimpleUploadedFile(name, b"MZ....")
    answer = browser.post(path_of(form), {**NORA, **opened(browser, form), "photos": file})
    assert answer.status_code == 422 and "Only photos" in answer.content.decode()
    assert not Inquiry.objects.exists() and not StoredFile.objects.exists()


def test_a_photo_must_be_one_and_three_are_enough(cast, inside):
    form, browser = form_of(cast, photos=True), visitor()
    fake = SimpleUploadedFile("roof.png", b"MZ is no picture")
    assert browser.post(path_of(form), {**NORA, **opened(browser, form), "photos": fake}).status_code == 422
    four = [SimpleUploadedFile(f"{n}.png", png()) for n in range(4)]
    assert browser.post(path_of(form), {**NORA, **opened(browser, form), "photos": four}).status_code == 422
    assert not Inquiry.objects.exists()


def test_without_the_form_asking_no_photo_is_stored(form, inside):
    assert send(form, photos=SimpleUploadedFile("roof.png", png())).status_code == 302
    assert not StoredFile.objects.exists()


def test_it_follows_a_merge_and_stands_in_the_timeline(form, inside, browser_of):
    send(form)
    made = Inquiry.objects.select_related("client").get()
    merge(inside.sam, inside.maria, made.client)
    assert Inquiry.objects.get().client_id == inside.maria.pk
    page = browser_of(inside.sam).get(reverse("clients:show", args=[inside.maria.pk])).content.decode()
    assert "An inquiry came by a form" in page and "may keep what I enter here" in page


def test_the_acknowledgement_is_there_with_the_inquiry_or_neither_is(form, inside, monkeypatch):
    def fail(*given):
        raise RuntimeError("planted")

    browser = visitor()
    browser.raise_request_exception = False
    sent = {**NORA, **opened(browser, form)}
    with monkeypatch.context() as broken:
        broken.setattr(sending, "acknowledge", fail)
        assert browser.post(path_of(form), sent).status_code == 500
    assert not Inquiry.objects.exists() and not Dispatch.objects.exists()
    # A machine that died has counted nothing.
    cache.clear()
    assert browser.post(path_of(form), sent).status_code == 302
    assert Inquiry.objects.count() == Dispatch.objects.count() == 1

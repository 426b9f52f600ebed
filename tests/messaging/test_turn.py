"""A message becomes a note, and stays marked so for the team alone (X5)."""

import pytest
from django.urls import reverse

from frontdesk.activity.models import Activity
from frontdesk.clients.models import Note
from frontdesk.core.errors import Conflict, Forbidden, Missing
from frontdesk.core.tenancy.context import account_context
from frontdesk.messaging import access, actions, queries
from frontdesk.messaging.models import Message, Thread

from ..conversations.talks import arrive, begun, mail
from .rooms import direct, room_of, say


def turn(actor, message: Message, into: str = "note"):
    return actions.turn(actor, *access.get_message(actor, message.pk), into)


def test_a_clients_message_becomes_a_note_that_leads_back(within):
    asked = arrive(within.account, mail(text="Four windows, please"))
    message = Message.objects.get(thread_id=asked.thread_id)
    note = Note.objects.get(pk=turn(within.cora, message))
    assert note.client == within.maria and note.author == within.cora
    assert note.body.startswith("Four windows, please")
    assert message.writer in note.body and reverse("messaging:go", args=[message.pk]) in note.body
    assert Activity.objects.filter(verb="note.added", subject_id=note.pk).count() == 1


def test_done_twice_it_is_done_once(within):
    message = say(within.mia, room_of(within.maria), "Hello")
    assert turn(within.cora, message) == turn(within.ana, message)
    assert Note.objects.filter(body__startswith="Hello").count() == 1


def test_the_trace_is_the_teams_alone(within):
    room = room_of(within.maria)
    message = say(within.mia, room, "Hello")
    turn(within.cora, message)
    thread = Thread.objects.get(pk=room.pk)
    (team,) = queries.history(thread).lines
    (portal,) = queries.history(thread, in_portal=True).lines
    assert [one.key for one in team.turned] == ["note"] and portal.turned == ()


def test_only_who_may_write_notes_makes_one(within):
    message = say(within.cora, room_of(within.maria), "Hello")
    with pytest.raises(Forbidden):
        turn(within.mia, message)
    with pytest.raises(Missing):
        turn(within.cole, message)
    with pytest.raises(Missing):
        turn(within.cora, message, "nothing")
    alone = say(within.cora, direct(within.cora, within.ana), "Between us")
    with pytest.raises(Missing):
        turn(within.cora, alone)
    own, thread = access.own_message(within.cora, message.pk)
    actions.delete_message(within.cora, own, thread)
    with pytest.raises(Conflict):
        turn(within.cora, message)
    assert not Note.objects.filter(body__startswith="Hello").exists()


def test_the_page_offers_it_and_shows_what_it_became(cast, browser_of):
    with account_context(cast.account):
        conversation = begun(cast.maria)
        message = say(cast.mia, conversation.thread, "Is it ready?")
    cora, address = browser_of(cast.cora), reverse("messaging:turn", args=[message.pk, "note"])
    assert address in cora.get(reverse("messaging:message", args=[message.pk])).content.decode()
    page = cora.post(address, follow=True).content.decode()
    assert "Note about the client" in page and reverse("clients:show", args=[cast.maria.pk]) in page
    mia = browser_of(cast.mia)
    assert address not in mia.get(reverse("messaging:message", args=[message.pk])).content.decode()
    assert "Note about" not in mia.get(reverse("messaging:thread", args=[conversation.thread_id])).content.decode()
    assert browser_of(cast.cole).post(address).status_code == 404


def test_the_api_does_the_same(cast, api_of):
    with account_context(cast.account):
        message = say(cast.mia, begun(cast.maria).thread, "Is it ready?")
    cora, one = api_of(cast.cora), f"/api/v1/messages/{message.pk}"
    assert [found["key"] for found in cora.get(f"{one}/turnings").json()["data"]] == ["note"]
    made = cora.post(f"{one}/turn", {"into": "note"})
    assert made.status_code == 201 and made.json()["key"] == "note"
    stream = cora.get(f"/api/v1/clients/{cast.maria.pk}/conversation").json()
    row = cora.get(f"/api/v1/conversations/{stream['id']}/messages").json()["data"][0]
    assert row["turned"] == [{"key": "note", "id": made.json()["id"]}]
    assert cora.post(f"{one}/turn", {"into": "else"}).status_code == 404
    assert api_of(cast.mia).post(f"{one}/turn", {"into": "note"}).status_code == 403
    assert api_of(cast.cole).post(f"{one}/turn", {"into": "note"}).status_code == 404

"""Editing, deleting, reacting: one's own, with a trace (M10)."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from frontdesk.accounts.models import System
from frontdesk.core.errors import Conflict, Forbidden, Invalid
from frontdesk.messaging import access, actions, queries
from frontdesk.messaging.actions.changing import wipe_deleted
from frontdesk.messaging.models import Edition, Message, Reaction

from .rooms import room_of, say

JSON = {"content_type": "application/json"}


@pytest.fixture
def said(within):
    """A message of Cora's in Maria's room."""
    return say(within.cora, room_of(within.maria), "Frist version")


def test_an_edited_message_keeps_what_it_said(within, said, browser_of):
    message, thread = access.own_message(within.cora, said.pk)
    actions.edit_message(within.cora, message, thread, "First version")
    said.refresh_from_db()
    assert said.body == "First version" and said.edited_at
    assert [edition.html for edition in queries.editions(said)] == ["<p>Frist version</p>\n"]
    page = browser_of(within.mia).get(f"/messages/m/{said.pk}/").content.decode()
    assert "First version" in page and "Frist version" in page


@pytest.mark.parametrize("who", ["mia", "ana", "greta"])
def test_nobody_else_edits_or_deletes_it(within, said, who):
    with pytest.raises(Forbidden):
        access.own_message(getattr(within, who), said.pk)


def test_a_deleted_message_leaves_its_trace_and_comes_back_within_the_hour(within, said, browser_of):
    cora = browser_of(within.cora)
    page = cora.post(f"/messages/m/{said.pk}/delete/", follow=True).content.decode()
    assert "This message was deleted." in page and "Frist version" not in page
    page = cora.post(f"/messages/m/{said.pk}/restore/", follow=True).content.decode()
    assert "Frist version" in page


def test_after_an_hour_it_is_gone_for_good(within, said):
    message, thread = access.own_message(within.cora, said.pk)
    actions.edit_message(within.cora, message, thread, "Second")
    actions.delete_message(within.cora, message, thread)
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=61)):
        with pytest.raises(Conflict):
            actions.restore_message(within.cora, message, thread)
        assert wipe_deleted(System(within.account)) == 1
    said.refresh_from_db()
    assert (said.body, said.html, said.folded) == ("", "", "") and not Edition.objects.exists()


def test_a_deleted_message_is_edited_and_answered_no_more(within, said):
    message, thread = access.own_message(within.cora, said.pk)
    actions.delete_message(within.cora, message, thread)
    with pytest.raises(Conflict):
        actions.edit_message(within.cora, message, thread, "Again")
    with pytest.raises(Conflict):
        actions.react(within.mia, message, thread, "👍", True)


def test_a_sign_counts_once_a_person_and_can_be_taken_away(within, said):
    message, thread, _standing = access.get_message(within.mia, said.pk)
    for _twice in range(2):
        actions.react(within.mia, message, thread, "👍", True)
    actions.react(within.ana, message, thread, "👍", True)
    (line,) = queries.lines([message])
    assert [(sign.emoji, sign.count, sign.names) for sign in line.signs] == [("👍", 2, "Mia, Ana")]
    actions.react(within.mia, message, thread, "👍", False)
    assert Reaction.objects.count() == 1


@pytest.mark.parametrize("emoji", ["", "ok", "<b>", "👍 👍", "1", "👍" * 40])
def test_only_an_emoji_is_a_sign(within, said, emoji):
    message, thread, _standing = access.get_message(within.mia, said.pk)
    with pytest.raises(Invalid):
        actions.react(within.mia, message, thread, emoji, True)


def test_the_api_changes_deletes_and_reacts(within, said, api_of):
    address = f"/api/v1/messages/{said.pk}"
    cora, mia = api_of(within.cora), api_of(within.mia)
    assert cora.patch(address, {"body": "New"}, **JSON).json()["body"] == "New"
    assert mia.patch(address, {"body": "Not mine"}, **JSON).status_code == 403
    assert mia.post(f"{address}/reactions", {"emoji": "🎉"}).json()["reactions"][0]["emoji"] == "🎉"
    assert cora.delete(address).status_code == 204
    assert mia.get(address).json()["body"] == ""
    assert Message.objects.get().deleted_at

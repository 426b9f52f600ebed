"""Search in messages: any part of a word, in one's own rooms only, newest first, page by page (M10)."""

import pytest

from frontdesk.clients import actions as clients
from frontdesk.messaging import access, actions
from frontdesk.messaging.search import search
from frontdesk.search.queries import search as everything

from .rooms import direct, room_of, say


@pytest.fixture
def room(within):
    """Maria's room with two messages."""
    thread = room_of(within.maria)
    say(within.cora, thread, "The boiler is **repaired**, Ștefan has the key")
    say(within.mia, thread, "Thank you! The boiler works.")
    return thread


def bodies(actor, words, **more) -> list[str]:
    """What an actor finds."""
    return [message.body.split()[1].strip("!") for message in search(actor, words, **more).messages]


def test_any_part_of_any_word_in_any_case_is_found_newest_first(within, room):
    assert len(search(within.cora, "BOIL").messages) == 2
    assert [message.number for message in search(within.cora, "boiler").messages] == [2, 1]
    assert len(search(within.cora, "stefan paire").messages) == 1


@pytest.mark.parametrize("words", ["", "bo", "%%%", "zzz", "'; --", '"boiler', "\0\0\0\0"])
def test_what_matches_nothing_finds_nothing_and_breaks_nothing(within, room, words):
    found = search(within.cora, words).messages
    assert found == [] or words == '"boiler'


def test_everybody_finds_in_their_own_rooms_only(within, room):
    say(within.cole, direct(within.cole, within.cora), "Is the boiler done?")
    counts = {name: len(search(getattr(within, name), "boiler").messages) for name in ("cora", "mia", "cole", "vic")}
    assert counts == {"cora": 3, "mia": 2, "cole": 1, "vic": 0}
    assert len(search(within.cora, "boiler", thread=room).messages) == 2


def test_a_right_that_ends_takes_what_was_said_out_of_sight(within, room):
    clients.unassign(within.sam, within.maria, within.cora.pk)
    assert search(within.cora, "boiler").messages == []


def test_edited_and_deleted_messages_are_found_by_what_they_say_now(within, room):
    message, thread = access.own_message(within.mia, search(within.mia, "thank").messages[0].pk)
    actions.edit_message(within.mia, message, thread, "The radiator works")
    assert len(search(within.mia, "boiler").messages) == 1 and len(search(within.mia, "radiator").messages) == 1
    actions.delete_message(within.mia, message, thread)
    assert search(within.mia, "radiator").messages == []
    actions.restore_message(within.mia, message, thread)
    assert len(search(within.mia, "radiator").messages) == 1


def test_pages_go_on_where_the_last_one_ended(within, room):
    for number in range(7):
        say(within.cora, room, f"boiler {number}")
    first = search(within.cora, "boiler", limit=5)
    second = search(within.cora, "boiler", after=first.after, limit=5)
    assert [message.number for message in (*first.messages, *second.messages)] == list(range(9, 0, -1))
    assert second.after is None


def test_the_search_of_everything_has_them_after_the_clients(within, room):
    say(within.cora, room, "Maria is waiting")
    found = everything(within.cora, "maria")
    assert [(hit.kind.key, hit.title) for hit in found] == [
        ("client", "Maria Ionescu"),
        ("message", "Maria is waiting"),
    ]
    assert [hit.kind.key for hit in everything(within.cole, "maria")] == []


def test_the_page_and_the_api_find_and_link(within, room, browser_of, api_of):
    page = browser_of(within.cora).get("/messages/search/?q=boiler").content.decode()
    found = api_of(within.cora).get("/api/v1/messages/search?q=boiler").json()["data"]
    assert all(f"/messages/m/{message['id']}/go/" in page for message in found) and len(found) == 2
    address = browser_of(within.cora).get(f"/messages/m/{found[0]['id']}/go/")["Location"]
    assert address == f"/messages/{room.pk}/?at=2#m-{found[0]['id']}"
    assert browser_of(within.cole).get(f"/messages/m/{found[0]['id']}/go/").status_code == 404

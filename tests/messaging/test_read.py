"""How far everybody has read, what is new for whom, and pages of history (M8)."""

import pytest

from frontdesk.core.errors import Forbidden
from frontdesk.messaging import access, actions, queries
from frontdesk.messaging.models import ReadMark

from .rooms import direct, room_of, say


@pytest.fixture
def room(within):
    """Maria's room with three messages of Mia's."""
    thread = room_of(within.maria)
    for text in ("One", "Two", "Three"):
        say(within.mia, thread, text)
    thread.refresh_from_db()
    return thread


def test_unread_is_counted_a_room_and_in_all(within, room):
    say(within.cole, direct(within.cole, within.cora), "Lunch?")
    rows = {row.title.name: row.unread for row in queries.rooms(within.cora).rows}
    assert (rows["Maria Ionescu"], rows["Cole"]) == (3, 1)
    assert queries.unread_total(within.cora) == 4
    assert queries.unread_total(within.mia) == 0


def test_opening_a_room_reads_it_and_the_writer_sees_that(within, room, browser_of):
    browser_of(within.cora).get(f"/messages/{room.pk}/")
    assert queries.unread_total(within.cora) == 0
    assert [(reader.name, reader.number) for reader in queries.read_by(within.mia, room)] == [("Cora", 3)]
    assert "Read by Cora" in browser_of(within.mia).get(f"/messages/{room.pk}/").content.decode()


def test_a_mark_never_goes_back_by_reading_and_does_when_asked(within, room):
    actions.mark_read(within.cora, room)
    actions.mark_read(within.cora, room, 1)
    assert ReadMark.objects.get(member=within.cora).number == 3
    actions.mark_unread(within.cora, room, 2)
    assert queries.unread_total(within.cora) == 2


def test_seeing_as_somebody_reads_nothing_for_them(within, room):
    within.cora.viewer = within.ana
    actions.mark_read(within.cora, room)
    assert queries.unread_total(within.cora) == 3


def test_who_oversees_leaves_no_mark(within):
    thread = direct(within.cora, within.cole)
    with pytest.raises(Forbidden):
        access.own_thread(within.ana, thread.pk)


def test_a_mention_that_was_not_read_is_marked(within, room):
    say(within.mia, room, "@Cora?")
    assert [row.mentioned for row in queries.rooms(within.cora).rows if row.unread] == [True]


def test_history_goes_back_and_forth_by_number(within, room):
    for number in range(4, 121):
        say(within.mia, room, f"Message {number}")
    room.refresh_from_db()
    newest = queries.history(room)
    assert [line.message.number for line in newest.lines] == list(range(71, 121))
    assert (newest.older, newest.newer) == (71, None)
    middle = queries.history(room, before=newest.older)
    assert [line.message.number for line in middle.lines] == list(range(21, 71))
    first = queries.history(room, before=middle.older)
    assert [line.message.number for line in first.lines] == list(range(1, 21)) and first.older is None
    assert first.newer == 20
    assert [line.message.number for line in queries.history(room, after=20).lines] == list(range(21, 71))
    assert 60 in [line.message.number for line in queries.history(room, around=60).lines]
    assert queries.history(room, after=120).lines == [] and queries.history(room, before=1).lines == []


def test_messages_of_one_author_in_a_row_stand_together(within, room):
    say(within.cora, room, "An answer")
    room.refresh_from_db()
    assert [line.continued for line in queries.history(room).lines] == [False, True, True, False]


def test_the_api_reads_pages_and_marks(within, room, api_of):
    cora = api_of(within.cora)
    found = cora.get(f"/api/v1/rooms/{room.pk}/messages?after=1").json()
    assert [message["body"] for message in found["data"]] == ["Two", "Three"]
    assert cora.get("/api/v1/messages/unread").json() == {"messages": 3}
    assert cora.post(f"/api/v1/rooms/{room.pk}/read", {"number": 2}).status_code == 204
    assert cora.get("/api/v1/messages/unread").json() == {"messages": 1}
    people = cora.get(f"/api/v1/rooms/{room.pk}/people").json()["data"]
    assert {one["name"]: one["read_number"] for one in people}["Cora"] == 2

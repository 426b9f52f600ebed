"""Posting: by page and API, once however often it is sent, with formatting, replies and mentions (M1, M8, M10)."""

import uuid

import pytest

from frontdesk.activity.models import Activity
from frontdesk.core.errors import Invalid
from frontdesk.messaging import actions, formatting, queries
from frontdesk.messaging.models import Draft, Mention, Message

from .rooms import direct, room_of, say


@pytest.fixture
def room(within):
    """The room of Maria, whom Cora serves."""
    return room_of(within.maria)


def test_messages_of_a_thread_are_numbered_without_gaps(within, room):
    said = [say(within.cora, room, f"Number {n}") for n in range(3)]
    assert [message.number for message in said] == [1, 2, 3]
    room.refresh_from_db()
    assert (room.last_number, room.last_message_id) == (3, said[2].pk)


def test_what_is_sent_twice_with_its_key_is_posted_once(within, room):
    key = uuid.uuid4()
    assert say(within.cora, room, "Once", key=key) == say(within.cora, room, "Once", key=key)
    assert Message.objects.count() == 1


def test_the_same_key_of_somebody_else_is_another_message(within, room):
    key = uuid.uuid4()
    say(within.cora, room, "Mine", key=key)
    with pytest.raises(Exception, match=r"key|UNIQUE|duplicate"):
        say(within.mia, room, "Not mine", key=key)


@pytest.mark.parametrize("body", ["", "  \n ", "x" * 20_001])
def test_nothing_and_too_much_are_refused_with_the_reason(within, room, body):
    with pytest.raises(Invalid) as refused:
        say(within.cora, room, body)
    assert list(refused.value.errors) == ["body"]
    assert not Message.objects.exists()


def test_a_reply_to_a_message_of_another_room_is_refused(within, room):
    elsewhere = say(within.cora, direct(within.cora, within.cole), "Elsewhere")
    with pytest.raises(Invalid) as refused:
        say(within.cora, room, "Here", reply_to=elsewhere.pk)
    assert list(refused.value.errors) == ["reply_to"]


@pytest.mark.parametrize(
    "body, said",
    [
        ("At **half past four**. _Ok_?\n- `one`\n\n  ~~two~~ ", "At half past four. Ok?\n- one\n\n  two "),
        (
            "https://x.y/_next_/a me_you_@x.com a_b_c 2*3*4 a * b",
            "https://x.y/_next_/a me_you_@x.com a_b_c 2*3*4 a * b",
        ),
        ("[here](https://x.y/a) *", "[here](https://x.y/a) *"),
        ("\\*as it is\\* *שלום* 📦", "*as it is* שלום 📦"),
    ],
)
def test_who_reads_text_alone_sees_no_signs_of_formatting(body, said):
    assert formatting.unmarked(body) == said


def test_formatting_is_light_and_html_is_only_text(within, room):
    said = say(within.cora, room, "**Bold** <script>alert(1)</script> [x](javascript:alert(1)) https://example.com")
    assert "<strong>Bold</strong>" in said.html and '<a href="https://example.com"' in said.html
    assert "<script" not in said.html and 'href="javascript' not in said.html


def test_who_takes_part_can_be_mentioned_by_name_and_nobody_else(within, room):
    said = say(within.cora, room, "@Mia and @cole and @Ana, please look")
    assert set(Mention.objects.filter(message=said).values_list("member__name", flat=True)) == {"Mia", "Ana"}
    assert said.html.count('class="mention"') == 2
    assert set(Activity.objects.get(verb="message.posted").data["mentions"]) == {
        str(within.mia.pk), str(within.ana.pk)
    }  # fmt: skip


def test_the_timeline_of_a_client_has_the_first_message_after_a_pause_only(within, room):
    say(within.cora, room, "One")
    room.refresh_from_db()
    say(within.mia, room, "Two")
    assert Activity.objects.filter(verb="message.posted").count() == 2
    assert Activity.objects.filter(verb="message.posted", client_id=within.maria.pk).count() == 1


def test_posting_forgets_the_draft_and_reads_what_came_before(within, room):
    say(within.mia, room, "Hello")
    actions.save_draft(within.cora, room, "Hel")
    assert queries.unread_total(within.cora) == 1
    say(within.cora, room, "Hello Mia")
    assert not Draft.objects.exists() and queries.unread_total(within.cora) == 0


def test_the_page_posts_and_gives_a_refused_message_back(within, room, browser_of):
    cora, address = browser_of(within.cora), f"/messages/{room.pk}/"
    answer = cora.post(f"{address}post/", {"body": "From the page"}, follow=True)
    assert "From the page" in answer.content.decode()
    refused = cora.post(f"{address}post/", {"body": "y" * 20_001})
    assert refused.status_code == 422 and "y" * 20_001 in refused.content.decode()
    assert "At most 20000 characters" in refused.content.decode()


def test_a_script_gets_the_new_form_and_the_message(within, room, browser_of):
    cora = browser_of(within.cora)
    answer = cora.post(f"/messages/{room.pk}/post/", {"body": "Quick"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "data-sent" in page and "Quick" in page and "<html" not in page


@pytest.mark.parametrize(
    ("who", "status"), [("cora", 201), ("mia", 201), ("ana", 201), ("sam", 404), ("cole", 404), ("vic", 404)]
)
def test_the_api_posts_for_those_who_take_part(within, room, api_of, who, status):
    answer = api_of(getattr(within, who)).post(f"/api/v1/rooms/{room.pk}/messages", {"body": "By API"})
    assert answer.status_code == status
    assert Message.objects.count() == (1 if status == 201 else 0)


def test_who_looks_through_somebodys_eyes_writes_nothing(within, room):
    within.cora.viewer = within.ana
    with pytest.raises(Exception, match="preview"):
        say(within.cora, room, "As Cora")
    assert not Message.objects.exists()

"""M8: who is typing shows within a second at those who follow, and nowhere else."""

import time

import pytest

from frontdesk.accounts import preview
from frontdesk.live import actions
from frontdesk.live.models import LiveEvent

from ..conftest import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
NOBODY = "0190a000-0000-7000-8000-000000000000"


@pytest.fixture(autouse=True)
def not_told_before():
    """Nobody has typed anything yet."""
    actions._told.clear()


def test_followers_read_it_in_their_language(follow, browser_of, cast):
    cast.sam.user.language = "fr"
    cast.sam.user.save()
    topic = f"probe:{cast.maria.pk}"
    ana, cole = follow("ana", topic), follow("cole", "me team")
    cora = browser_of(cast.cora)
    cora.get("/clients/")
    began = time.monotonic()
    assert cora.post("/live/typing/", {"topic": topic}).status_code == 204
    event = ana.got("typing")[0]
    assert event["came"] - began < 1
    assert event["topic"] == topic and event["member"] == str(cast.cora.pk) and event["text"] == "Cora is typing"
    assert cole.of("typing") == [] and not LiveEvent.objects.exists()


def test_it_is_told_once_a_second(follow, browser_of, cast):
    topic, cora = f"probe:{cast.maria.pk}", browser_of(cast.cora)
    ana = follow("ana", topic)
    for _key in range(5):
        assert cora.post("/live/typing/", {"topic": topic}).status_code == 204
    ana.got("typing")
    time.sleep(0.3)
    assert len(ana.of("typing")) == 1


@pytest.mark.parametrize("topic", ["probe:{victor}", f"probe:{NOBODY}", "nonsense", "", "me:{victor}"])
def test_only_where_one_may_follow(follow, browser_of, api_of, cast, topic):
    name = topic.format(victor=cast.victor.pk)
    assert browser_of(cast.cora).post("/live/typing/", {"topic": name}).status_code == 404
    assert api_of(cast.cole).post("/api/v1/live/typing", {"topic": name}).status_code == 404


def test_a_group_of_many_is_no_place_to_type_in(follow, browser_of, cast):
    assert browser_of(cast.ana).post("/live/typing/", {"topic": "probe"}).status_code == 404


def test_a_program_tells_too(follow, api_of, cast):
    topic = f"probe:{cast.maria.pk}"
    ana = follow("ana", topic)
    assert api_of(cast.sam).post("/api/v1/live/typing", {"topic": topic}).status_code == 204
    assert ana.got("typing")[0]["text"] == "Sam is typing"
    assert api_of(cast.cora, scopes=["live:read"]).post("/api/v1/live/typing", {"topic": topic}).status_code == 403


def test_nobody_types_through_the_eyes_of_another(follow, cast):
    topic = f"probe:{cast.maria.pk}"
    cora = follow("cora", topic)
    browser = sign_in(cast.ana)
    session = browser.session
    preview.begin(session, cast.cora)
    session.save()
    assert browser.post("/live/typing/", {"topic": topic}).status_code == 403
    time.sleep(0.3)
    assert cora.of("typing") == []

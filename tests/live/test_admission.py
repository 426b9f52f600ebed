"""R1, R3: who is let in, told nothing by what is refused, and kept within bounds."""

import urllib.request

import pytest

from frontdesk.live import asgi

from .follower import Follower

pytestmark = pytest.mark.django_db(transaction=True)
NOBODY = "0190a000-0000-7000-8000-000000000000"


def refused(follower) -> tuple[str, bytes]:
    """The whole answer, without its date."""
    follower.until(lambda: follower.ended or follower.body)
    lines = [line for line in follower.head.split("\r\n") if not line.lower().startswith("date:")]
    return "\r\n".join(lines), follower.body


def test_signed_out_is_401_whatever_is_asked_for(follow, server, cast):
    asked = ["me", "team", "nonsense", f"probe:{cast.maria.pk}", f"probe:{NOBODY}", ""]
    answers = {refused(follow(None, name, wait=False)) for name in asked}
    answers.add(refused(Follower(server, "me", Cookie="frontdesk_session=made-up")))
    answers.add(refused(Follower(server, "me", Authorization="Bearer fd_00000000000000000000000000000000_x")))
    assert len(answers) == 1 and "401" in answers.pop()[0]


def test_foreign_and_missing_are_the_same_404(follow, cast):
    asked = [
        f"probe:{cast.other.zoe.pk}", f"probe:{NOBODY}", f"probe:{cast.victor.pk}", "nonsense", "access",
        f"team:{NOBODY}", f"me:{cast.ana.pk}", f"me:{NOBODY}", "probe:x", "", f"me probe:{cast.victor.pk}",
    ]  # fmt: skip
    answers = {refused(follow("cora", name, wait=False)) for name in asked}
    assert len(answers) == 1 and "404" in answers.pop()[0]


def test_portal_people_do_not_follow_the_team(follow):
    assert follow("mia", "team", wait=False).status == 404
    assert follow("mia", "me").status == 200


def test_a_token_follows_what_its_scopes_allow(follow_as_program, cast):
    topic = f"probe:{cast.maria.pk}"
    assert follow_as_program(cast.ana, f"me {topic}").status == 200
    assert follow_as_program(cast.sam, topic, scopes=["live:read"], wait=False).status == 404
    assert follow_as_program(cast.cora, "me", scopes=["clients:read"], wait=False).status == 404


def test_a_token_counts_before_the_cookie(server, cast, probe):
    from ..conftest import make_token, sign_in

    token, key = make_token(cast.mia), sign_in(cast.ana).session.session_key
    both = Follower(server, "team", Authorization=f"Bearer {token}", Cookie=f"frontdesk_session={key}")
    assert both.status == 404


def test_whoever_must_choose_a_password_first_follows_nothing(follow, cast):
    cast.sam.user.must_change_password = True
    cast.sam.user.save()
    assert follow("sam", wait=False).status == 401


def test_other_addresses_and_methods(server, follow):
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(server + "/rt/other")
    assert caught.value.code == 404
    assert follow("ana", "me", method="POST", wait=False, Content_Length="0").status == 405


def test_head_answers_without_a_stream(follow):
    probing = follow("ana", "me", method="HEAD", wait=False)
    assert probing.status == 200 and not probing.events


def test_what_proxies_must_know(follow):
    head = follow("ana").head.lower()
    assert "content-type: text/event-stream" in head and "x-accel-buffering: no" in head and "no-cache" in head


def test_one_member_has_so_many_streams_and_others_are_not_held_up(follow, monkeypatch):
    monkeypatch.setattr(asgi, "MOST_PER_MEMBER", 3)
    for _tab in range(3):
        follow("ana")
    late = follow("ana", wait=False)
    assert late.status == 429 and "retry-after" in late.head.lower()
    assert follow("sam").status == 200


def test_a_full_process_says_when_to_come_again(follow, monkeypatch):
    monkeypatch.setattr(asgi, "_most_streams", lambda: 1)
    first = follow("ana")
    assert follow("sam", wait=False).status == 503
    first.close()
    first.end_within(5)


class TestTopicsThroughTheApi:
    """A program learns what it may follow."""

    def test_what_one_may_follow(self, cast, api_of, probe, server):
        body = api_of(cast.cora).get("/api/v1/live/topics").json()
        assert {one["name"]: one["topics"] for one in body["data"]} == {
            "me": [f"me:{cast.cora.pk}"],
            "probe": [f"probe:{cast.maria.pk}"],
            "rooms": [],
            "team": ["team"],
        }
        assert body["after"].isdigit()

    def test_portal_people_have_no_team(self, cast, api_of, server):
        names = [one["name"] for one in api_of(cast.mia).get("/api/v1/live/topics").json()["data"]]
        assert "me" in names and "team" not in names

    def test_the_stream_begins_where_the_answer_stood(self, cast, api_of, follow_as_program, tell, server):
        tell("team", n=0)
        after = api_of(cast.ana).get("/api/v1/live/topics").json()["after"]
        tell("team", n=1)
        assert follow_as_program(cast.ana, "team", after=after).got("told")[0]["n"] == 1

"""M8: who is there; colleagues see each other, clients only those with whom they share what is open."""

import threading
import time

import pytest

from frontdesk.accounts import preview
from frontdesk.live import hub
from frontdesk.live.streams import attendance

from ..conftest import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def short_grace(monkeypatch):
    """Going away is noticed at once."""
    monkeypatch.setattr(attendance, "GRACE_SECONDS", 0.0)


def seen(follower) -> set[str]:
    """Whom a stream was told to be there, by its events."""
    found: set[str] = set()
    for event in follower.of("presence"):
        found = set() if event.get("all") else found
        found = (found | set(event.get("online", ()))) - set(event.get("offline", ()))
    return found


def sees(follower, *members, seconds: float = 5) -> None:
    wanted = {str(member.pk) for member in members}
    follower.until(lambda: seen(follower) == wanted, seconds)


def test_colleagues_see_each_other_come_and_go(follow, cast):
    ana = follow("ana", "me team")
    sees(ana, cast.ana)
    cora = follow("cora", "me team")
    sees(ana, cast.ana, cast.cora)
    sees(cora, cast.ana, cast.cora)
    cora.close()
    sees(ana, cast.ana)


def test_going_from_page_to_page_is_no_leaving(follow, cast, monkeypatch):
    monkeypatch.setattr(attendance, "GRACE_SECONDS", 5.0)
    ana, cora = follow("ana", "me team"), follow("cora", "me team")
    sees(ana, cast.ana, cast.cora)
    cora.close()
    time.sleep(1.5)
    follow("cora", "me team")
    time.sleep(1.5)
    assert not any(event.get("offline") for event in ana.of("presence"))


def test_other_businesses_see_nothing(follow, cast):
    olga = follow(cast.other.olga, "me team")
    follow("ana", "me team")
    sees(olga, cast.other.olga)
    time.sleep(1.5)
    sees(olga, cast.other.olga)


def test_clients_and_team_see_each_other_where_both_are(follow, cast):
    topic = f"probe:{cast.maria.pk}"
    mia, cora, sam = follow("mia", f"me {topic}"), follow("cora", f"me team {topic}"), follow("sam", "me team")
    sees(mia, cast.mia, cast.cora)
    sees(cora, cast.mia, cast.cora, cast.sam)
    sees(sam, cast.cora, cast.sam)
    mia.close()
    sees(cora, cast.cora, cast.sam)


def test_clients_who_share_nothing_do_not_see_each_other(follow, cast):
    mia, vic = follow("mia", f"me probe:{cast.maria.pk}"), follow("vic", f"me probe:{cast.victor.pk}")
    sees(mia, cast.mia), sees(vic, cast.vic)
    time.sleep(1.5)
    sees(mia, cast.mia), sees(vic, cast.vic)


def test_neither_programs_nor_previews_count(follow, follow_as_program, cast):
    browser = sign_in(cast.ana)
    session = browser.session
    preview.begin(session, cast.cora)
    session.save()
    follow(None, "me team", session=session.session_key)
    follow_as_program(cast.sam, "me team")
    cole = follow("cole", "me team")
    sees(cole, cast.cole)
    time.sleep(1.5)
    sees(cole, cast.cole)


def test_other_domains_may_ask(follow, cast):
    follow("ana", "me team")
    follow("mia", "me")
    wanted = {cast.ana.pk, cast.mia.pk}
    deadline = time.monotonic() + 5
    while hub.present(cast.account.pk) != wanted and time.monotonic() < deadline:
        threading.Event().wait(0.05)
    assert hub.present(cast.account.pk) == wanted
    assert hub.present(cast.other.account.pk) == set()

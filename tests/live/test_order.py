"""PostgreSQL shows what was written first last, when its transaction ends last: it comes all the same, and once."""

import time

import pytest
from django.db import connection

from frontdesk.live import transport
from frontdesk.live.queries import newest

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one transaction after the other"),
]


@pytest.fixture
def unfinished(cast, server):
    """A function that writes an event in a transaction of its own, which its answer ends."""
    made = []

    def write(number: int):
        own = connection.copy()
        own.set_autocommit(False)
        with own.cursor() as cursor:
            cursor.execute(
                "INSERT INTO live_liveevent (account_id, topic, kind, data, at) VALUES (%s, 'team', 'told', %s, now())",
                [cast.account.pk, f'{{"n": {number}}}'],
            )
        made.append(own)

        def end(commit: bool = True) -> None:
            own.commit() if commit else own.rollback()
            transport.send("wake")

        return end

    yield write
    for own in made:
        own.close()


def numbers(follower) -> list[int]:
    return [event["n"] for event in follower.of("told")]


def test_what_ends_later_comes_later(follow, tell, unfinished):
    ana = follow("ana", "team")
    first, second = unfinished(1), unfinished(2)
    tell("team", n=3)
    ana.got("told", 1)
    second()
    ana.got("told", 2)
    first()
    ana.got("told", 3)
    time.sleep(1.5)
    assert numbers(ana) == [3, 2, 1]


def test_whoever_was_away_meanwhile_gets_it_once(follow, tell, unfinished):
    ana = follow("ana", "team")
    first, second = unfinished(1), unfinished(2)
    tell("team", n=3)
    ana.got("told", 1)
    second()
    ana.got("told", 2)
    ana.close()
    first()
    back = follow("ana", "team", after=ana.position)
    back.got("told")
    tell("team", n=4)
    back.got("told", 2)
    assert numbers(back) == [1, 4]


def test_a_page_that_was_made_meanwhile_gets_it(follow, tell, unfinished, cast):
    tell("team", n=0)
    first = unfinished(1)
    tell("team", n=2)
    after = newest(cast.account.pk)
    ana = follow("ana", "team", after=after)
    first()
    ana.got("told")
    tell("team", n=3)
    ana.got("told", 2)
    assert numbers(ana) == [1, 3]


def test_what_was_taken_back_is_not_waited_for_for_ever(follow, tell, unfinished):
    ana = follow("ana", "team")
    unfinished(1)(commit=False)
    tell("team", n=2)
    ana.got("told")
    assert numbers(ana) == [2] and "-" in ana.position

"""M8: what is published reaches whoever follows, once, in order, also after having been away."""

import time

import pytest
from django.db import transaction
from django.utils import timezone

from frontdesk.live.cursor import Cursor
from frontdesk.live.jobs import prune
from frontdesk.live.models import LiveEvent
from frontdesk.live.publishing import publish, whisper
from frontdesk.live.queries import newest

pytestmark = pytest.mark.django_db(transaction=True)


def numbers(follower) -> list[int]:
    return [event["n"] for event in follower.of("told")]


def test_what_is_published_comes_within_a_moment(follow, tell, cast):
    ana = follow("ana", f"me,team,probe:{cast.maria.pk}")
    began = time.monotonic()
    tell(f"probe:{cast.maria.pk}", n=1)
    event = ana.got("told")[0]
    assert event["came"] - began < 0.5
    assert event["topic"] == f"probe:{cast.maria.pk}" and event["n"] == 1 and event["html"].startswith("<p>en ")
    assert Cursor.parse(ana.position).covers(event["number"])


def test_only_the_topics_that_are_followed_come(follow, tell, cast):
    ana = follow("ana", "team")
    tell(f"me:{cast.ana.pk}")
    tell(f"probe:{cast.maria.pk}")
    tell("team", "last")
    ana.got("last")
    assert ana.of("told") == []


def test_nothing_comes_from_another_account(follow, tell, cast):
    ana, olga = follow("ana", "team"), follow(cast.other.olga, "team")
    tell("team", account=cast.other.account)
    olga.got("told")
    tell("team", "last")
    ana.got("last")
    assert ana.of("told") == [] and olga.of("last") == []


def test_what_is_taken_back_is_never_told(follow, cast, tell):
    ana = follow("ana", "team")
    with pytest.raises(RuntimeError), transaction.atomic():
        publish(cast.account.pk, "team", "told", {})
        whisper(cast.account.pk, "team", "told", {})
        raise RuntimeError
    tell("team", "last")
    ana.got("last")
    assert ana.of("told") == []


def test_a_whisper_comes_and_is_not_kept(follow, cast):
    ana = follow("ana", "team")
    whisper(cast.account.pk, "team", "moved", {"to": 3})
    assert ana.got("moved")[0]["to"] == 3
    assert not LiveEvent.objects.exists()


def test_a_group_stands_for_its_topics_as_they_are(follow, tell, cast):
    cora = follow("cora", "probe me")
    tell(f"probe:{cast.victor.pk}", n=1)
    tell(f"probe:{cast.maria.pk}", n=2)
    cora.got("told")
    assert numbers(cora) == [2]


def test_a_group_grows_with_the_event_that_says_so_and_misses_nothing_after_it(follow, cast, tell):
    from frontdesk.clients.models import Assignment
    from frontdesk.core.tenancy.context import account_context

    cora = follow("cora", "probe me")
    with account_context(cast.account), transaction.atomic():
        given = {"account": cast.account, "client": cast.victor, "member": cast.cora}
        Assignment.objects.create(**given, sort_key=cast.victor.sort_key)
        publish(cast.account.pk, f"me:{cast.cora.pk}", "topics", {})
        publish(cast.account.pk, f"probe:{cast.victor.pk}", "told", {"n": 1})
    cora.got("told")
    assert numbers(cora) == [1]


class TestCatchingUp:
    """After a reconnect nothing is missing and nothing comes twice."""

    def test_from_where_it_was(self, follow, tell):
        ana = follow("ana", "team")
        tell("team", n=1)
        ana.got("told")
        ana.close()
        for n in (2, 3):
            tell("team", n=n)
        back = follow("ana", "team", Last_Event_ID=ana.position)
        tell("team", n=4)
        back.got("told", 3)
        assert numbers(back) == [2, 3, 4]

    def test_from_what_the_page_had_when_it_was_made(self, follow, tell, cast):
        tell("team", n=1)
        after = newest(cast.account.pk)
        tell("team", n=2)
        ana = follow("ana", "team", after=after)
        ana.got("told")
        assert numbers(ana) == [2]

    def test_from_the_moment_at_which_the_page_was_made(self, follow, tell):
        tell("team", n=1)
        LiveEvent.objects.update(at=timezone.now() - timezone.timedelta(minutes=5))
        made = f"@{int(time.time() * 1000)}"
        tell("team", n=2)
        ana = follow("ana", "team", after=made)
        ana.got("told")
        assert numbers(ana) == [2]

    def test_from_now_when_nothing_is_said(self, follow, tell):
        tell("team", n=1)
        ana = follow("ana", "team")
        tell("team", n=2)
        ana.got("told")
        assert numbers(ana) == [2]

    def test_whoever_was_away_too_long_is_told_to_begin_anew(self, follow, tell):
        for n in (1, 2, 3):
            tell("team", n=n)
        first = LiveEvent.objects.order_by("number").first().number
        LiveEvent.objects.update(at=timezone.now() - timezone.timedelta(hours=2))
        prune()
        assert LiveEvent.objects.count() == 1
        assert follow("ana", "team", after=str(first)).got("reset")

    def test_a_position_of_before_a_restore_begins_anew(self, follow, tell):
        tell("team", n=1)
        assert follow("ana", "team", after="999999999").got("reset")

    @pytest.mark.parametrize("nonsense", ["x", "1-", "-1", "1-2-3", "@x", "@" + "9" * 40, "1" * 40, "1.5", "²"])
    def test_nonsense_counts_as_nothing(self, follow, tell, nonsense):
        ana = follow("ana", "team", after=nonsense)
        tell("team", n=1)
        ana.got("told")


def test_everybody_reads_in_their_own_language_and_zone(follow, follow_as_program, tell, cast):
    cast.sam.user.language, cast.sam.user.time_zone = "fr", "Europe/Paris"
    cast.sam.user.save()
    sam, ana = follow("sam", f"probe:{cast.maria.pk}"), follow_as_program(cast.ana, f"probe:{cast.maria.pk}")
    tell(f"probe:{cast.maria.pk}", n=1)
    assert sam.got("told")[0]["html"] == "<p>fr Europe/Paris</p>"
    assert "html" not in ana.got("told")[0]


def test_a_rendering_may_keep_an_event_from_a_reader(follow, tell, cast):
    mia, ana = follow("mia", f"probe:{cast.maria.pk}"), follow("ana", f"probe:{cast.maria.pk}")
    tell(f"probe:{cast.maria.pk}", n=1, hidden=True)
    tell(f"probe:{cast.maria.pk}", n=2)
    mia.got("told"), ana.got("told", 2)
    assert numbers(mia) == [2] and numbers(ana) == [1, 2]


def test_it_is_rendered_once_for_all_who_are_equal(follow, tell, cast, probe, monkeypatch):
    calls = []
    render = probe.render
    object.__setattr__(probe, "render", lambda event, reader: calls.append(reader) or render(event, reader))
    tabs = [follow("ana", f"probe:{cast.maria.pk}") for _tab in range(3)]
    mia = follow("mia", f"probe:{cast.maria.pk}")
    tell(f"probe:{cast.maria.pk}", n=1)
    for one in (*tabs, mia):
        one.got("told")
    assert len(calls) == 2

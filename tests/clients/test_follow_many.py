"""C17, X12: from the list of clients one follows many at once, with a way back, and without their past as news."""

from django.urls import reverse

from frontdesk.clients.bulk import actions, running
from frontdesk.clients.bulk.selection import Selection
from frontdesk.clients.following import queries
from frontdesk.clients.following.actions import follow
from frontdesk.clients.following.models import ClientFollow
from frontdesk.core.jobs.worker import run_due
from frontdesk.messaging.queries.unread import unread_total
from frontdesk.undo import actions as undo
from frontdesk.undo.models import Change

from ..messaging.rooms import room_of, say


def test_the_list_offers_it_asks_what_and_can_take_it_back(cast, within, browser_of):
    follow(within.sam, within.maria, ["calendar", "chat"])
    sam, ids = browser_of(cast.sam), [str(cast.maria.pk), str(cast.victor.pk)]
    assert 'value="follow"' in sam.get(reverse("clients:list")).content.decode()
    asked = sam.post(reverse("clients:bulk"), {"verb": "follow", "ids": ids})
    assert asked.status_code == 200 and "You are told of" in asked.content.decode()
    sent = {"verb": "follow", "ids": ids, "confirmed": "1"}
    assert sam.post(reverse("clients:bulk"), sent).status_code == 422
    done = sam.post(reverse("clients:bulk"), {**sent, "follow": ["chat", "tasks"]}, follow=True).content.decode()
    change = Change.objects.get()
    assert "2 clients followed" in done and reverse("undo:undo", args=[change.pk]) in done
    assert queries.follows(cast.sam.pk, cast.maria.pk) == {"calendar", "chat", "tasks"}
    assert queries.follows(cast.sam.pk, cast.victor.pk) == {"chat", "tasks"}
    undo.undo(within.sam, change)
    assert queries.follows(cast.sam.pk, cast.maria.pk) == {"calendar", "chat"}
    assert queries.follows(cast.sam.pk, cast.victor.pk) == set()


def test_nobody_else_follows_and_a_coworker_is_not_asked(cast, browser_of, api_of):
    cora = browser_of(cast.cora)
    assert 'value="follow"' not in cora.get(reverse("clients:list")).content.decode()
    sent = {"verb": "follow", "ids": [str(cast.maria.pk)], "confirmed": "1", "follow": ["chat"]}
    assert cora.post(reverse("clients:bulk"), sent).status_code == 403
    body = {"clients": [str(cast.maria.pk)], "follow": ["chat"]}
    assert api_of(cast.cora).post("/api/v1/clients/bulk/follow", body).status_code == 403
    assert api_of(cast.sam).post("/api/v1/clients/bulk/follow", body).json()["records"] == 1
    assert api_of(cast.sam).post("/api/v1/clients/bulk/follow", {**body, "follow": []}).status_code == 422


def test_all_that_match_are_followed_in_the_background(within, monkeypatch):
    monkeypatch.setattr(running, "AT_ONCE", 1)
    actions.start(within.sam, "follow", Selection(all=True), {"follow": ["tasks"]})
    run_due()
    assert ClientFollow.objects.filter(member_id=within.sam.pk).count() == 4


def test_what_was_said_before_is_no_news(within):
    say(within.cora, room_of(within.maria), "Long ago")
    actions.start(within.ana, "follow", Selection([within.maria.pk]), {"follow": ["chat"]})
    assert unread_total(within.ana) == 0
    say(within.cora, room_of(within.maria), "And now")
    assert unread_total(within.ana) == 1

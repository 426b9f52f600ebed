"""C17, P2: the office follows a client or group by kind; of the rest it is told nothing."""

import pytest
from django.db import transaction
from django.urls import reverse

from frontdesk.activity import reactions
from frontdesk.activity.spine import record
from frontdesk.clients.actions import assignments
from frontdesk.clients.following import actions, queries
from frontdesk.clients.following.models import ClientFollow
from frontdesk.core.errors import Forbidden, Invalid
from frontdesk.core.permissions import TEAM
from frontdesk.core.tenancy.context import account_context
from frontdesk.notify import kinds
from frontdesk.notify.kinds import NoticeKind, Wording

from ..accounts.helpers import verbs
from ..notify.helpers import told, work


def address(cast, client="maria") -> str:
    return f"/api/v1/clients/{getattr(cast, client).pk}/follow"


@pytest.fixture
def chatty(within, monkeypatch):
    """A kind of notice about a client's chat, for everybody of the team."""
    everyone = [one.pk for one in (within.ana, within.sam, within.cora, within.cole)]
    kind = NoticeKind(
        "clients.chat", "Chat", "", "clients", TEAM, ("note.added",), lambda happening: everyone,
        lambda notice, reader: Wording("New"), follow="chat",
    )  # fmt: skip
    monkeypatch.setattr(kinds.kinds, "_items", dict(kinds.kinds._items))
    kinds.register(kind)
    yield within
    reactions._handlers["note.added"].remove(kinds.queue_notices)


def chat(cast) -> None:
    with transaction.atomic():
        record(cast.mia, "note.added", subject_id=cast.maria.pk, client_id=cast.maria.pk)
    work()


def test_the_office_is_told_only_of_what_it_follows(chatty):
    actions.follow(chatty.ana, chatty.maria, ["chat"])
    actions.follow(chatty.sam, chatty.maria, ["tasks"])
    actions.follow(chatty.sam, chatty.victor, ["chat"])
    chat(chatty)
    assert told(chatty.ana) == [("clients.chat", 1)] and told(chatty.sam) == []
    assert told(chatty.cora) == [("clients.chat", 1)]


def test_who_serves_is_told_without_following(chatty):
    assignments.assign(chatty.ana, chatty.maria, [chatty.sam.pk])
    chat(chatty)
    assert ("clients.chat", 1) in told(chatty.sam) and told(chatty.ana) == []


def test_nobody_follows_at_first_and_following_is_ones_own(within):
    assert not ClientFollow.objects.exists()
    actions.follow(within.ana, within.maria, ["chat", "tasks"])
    assert queries.follows(within.ana.pk, within.maria.pk) == {"chat", "tasks"}
    assert queries.follows(within.sam.pk, within.maria.pk) == set()
    assert [row["member_id"] for row in queries.followers(within.maria.pk, "chat")] == [within.ana.pk]
    assert [row["client_id"] for row in queries.followed_ids(within.ana.pk, "tasks")] == [within.maria.pk]


def test_the_same_once_more_records_nothing_and_none_ends_it(within):
    for _time in range(2):
        actions.follow(within.ana, within.maria, ["chat"])
    actions.follow(within.ana, within.maria, [])
    assert verbs(within.account).count("client_follow.chosen") == 2 and not ClientFollow.objects.exists()


def test_many_at_once_all_or_none(within):
    ids = [within.maria.pk, within.victor.pk]
    actions.follow(within.sam, within.maria, ["calendar"])
    with pytest.raises(Invalid):
        actions.follow_many(within.sam, [*ids, within.other.zoe.pk], ["chat"])
    assert queries.follows(within.sam.pk, within.victor.pk) == set()
    assert actions.follow_many(within.sam, ids, ["chat"]) == 2
    assert queries.follows(within.sam.pk, within.maria.pk) == {"calendar", "chat"}


def test_what_cannot_be_is_refused(within):
    with pytest.raises(Invalid):
        actions.follow(within.ana, within.maria, ["weather"])
    for actor in (within.cora, within.mia):
        with pytest.raises(Forbidden):
            actions.follow(actor, within.maria, ["chat"])


def test_the_pages_and_the_api(cast, browser_of, api_of):
    sam = browser_of(cast.sam)
    page = reverse("clients:follow", args=[cast.maria.pk])
    assert sam.post(page, {"follow": ["chat"]}).status_code == 302
    assert "Maria Ionescu" in sam.get(reverse("clients:followed")).content.decode()
    assert page in sam.get(reverse("clients:show", args=[cast.maria.pk])).content.decode()
    assert sam.post(page, {"follow": ["weather"]}).status_code == 422
    api = api_of(cast.sam)
    assert api.get(address(cast)).json() == {"follow": ["chat"]}
    found = api.put(address(cast), {"follow": ["tasks"]}, content_type="application/json")
    assert found.json() == {"follow": ["tasks"]}
    body = {"clients": [str(cast.victor.pk)], "follow": ["chat"]}
    assert api.post("/api/v1/me/followed-clients", body).json() == {"count": 1}
    rows = api.get("/api/v1/me/followed-clients").json()["data"]
    named = [(row["name"], row["follow"]) for row in rows]
    assert named == [
        ("Maria Ionescu", ["tasks"]),
        ("Victor Țurcanu", ["chat"]),
    ]


@pytest.mark.parametrize(("who", "status"), [("cora", 403), ("mia", 403)])
def test_only_the_office_follows(cast, api_of, who, status):
    assert api_of(getattr(cast, who)).get(address(cast)).status_code == status


def test_a_client_of_another_account_is_not_there(cast, browser_of):
    assert browser_of(cast.ana).get(reverse("clients:follow", args=[cast.other.zoe.pk])).status_code == 404
    with account_context(cast.other.account):
        assert not ClientFollow.objects.exists()

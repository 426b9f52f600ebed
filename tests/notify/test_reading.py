"""A3: the list, the panel and the counters of a member; nobody sees what others were told."""

import pytest
from django.urls import reverse

from frontdesk.clients.actions import assignments
from frontdesk.clients.actions.availability import set_availability
from frontdesk.core.tenancy.context import account_context
from frontdesk.notify import actions, queries
from frontdesk.notify.models import Notice

from .helpers import number, told, work

API = "/api/v1/notifications"


@pytest.fixture
def noticed(cast):
    """Cora was told of two clients and of a change."""
    with account_context(cast.account):
        assignments.assign(cast.sam, cast.victor, [cast.cora.pk])
        set_availability(cast.mia, cast.maria, [])
        work()
        assert [kind for kind, _count in told(cast.cora)] == ["clients.assigned", "clients.changed"]
    return cast


def notice(cast, kind: str) -> Notice:
    with account_context(cast.account):
        return Notice.objects.get(member=cast.cora, kind=kind)


def test_the_page_shows_them_and_the_bell_counts_them(noticed, browser_of):
    page = browser_of(noticed.cora).get(reverse("notify:list")).content.decode()
    assert "Sam assigned Victor Țurcanu to you" in page and "Mia changed the details of Maria Ionescu" in page
    assert 'data-counter="bell">2<' in page


def test_going_to_the_thing_marks_it_read(noticed, browser_of):
    found = notice(noticed, "clients.changed")
    answer = browser_of(noticed.cora).get(reverse("notify:show", args=[found.pk]))
    assert answer.url == reverse("clients:show", args=[noticed.maria.pk])
    with account_context(noticed.account):
        assert notice(noticed, "clients.changed").read_at and number(noticed.cora) == 1


def test_what_happens_after_reading_is_a_new_notice(noticed):
    with account_context(noticed.account):
        actions.mark_read(noticed.cora, [f"clients.changed:{noticed.maria.pk}"])
        set_availability(noticed.mia, noticed.maria, [])
        work()
        assert told(noticed.cora)[-1] == ("clients.changed", 1) and len(told(noticed.cora)) == 3
        assert number(noticed.cora) == 2


def test_all_or_those_of_an_area_are_marked_at_once(noticed, browser_of):
    browser = browser_of(noticed.cora)
    assert browser.post(reverse("notify:read_all"), {"area": "people"}).status_code == 302
    with account_context(noticed.account):
        assert number(noticed.cora) == 2
        browser.post(reverse("notify:read_all"), {"area": "clients"})
        assert number(noticed.cora) == 0 and queries.counters(noticed.cora)["clients"] == 0
    assert '"unread"' not in browser.get(reverse("notify:panel")).content.decode()


def test_the_list_is_narrowed_and_a_wrong_area_is_named(noticed, browser_of):
    browser, address = browser_of(noticed.cora), reverse("notify:list")
    browser.post(reverse("notify:read", args=[notice(noticed, "clients.changed").pk]))
    page = browser.get(address + "?area=clients&unread=1").content.decode()
    assert "Sam assigned" in page and "Mia changed" not in page
    assert browser.get(address + "?area=nowhere").status_code == 400


def test_the_api_does_all_of_it(noticed, api_of):
    api = api_of(noticed.cora)
    rows = api.get(API).json()["data"]
    assert [row["kind"] for row in rows] == ["clients.changed", "clients.assigned"]
    assert rows[1]["title"] == "Sam assigned Victor Țurcanu to you" and rows[1]["client"] == str(noticed.victor.pk)
    assert api.get("/api/v1/notification-counters").json()["areas"]["clients"] == 2
    assert api.post(f"{API}/{rows[0]['id']}/read").json()["read_at"]
    assert api.get(API + "?unread=true").json()["data"][0]["kind"] == "clients.assigned"
    assert api.post(API + "/read", {}).json() == {"read": 1}
    assert api.post(API + "/read", {"area": "nowhere"}).status_code == 422


@pytest.mark.parametrize("who", ["ana", "sam", "mia"])
def test_what_others_were_told_is_not_there(noticed, browser_of, api_of, who):
    other, found = getattr(noticed, who), notice(noticed, "clients.changed")
    assert browser_of(other).get(reverse("notify:show", args=[found.pk])).status_code == 404
    assert browser_of(other).post(reverse("notify:read", args=[found.pk])).status_code == 404
    assert api_of(other).post(f"{API}/{found.pk}/read").status_code == 404
    assert str(found.pk) not in browser_of(other).get(reverse("notify:list")).content.decode()


def test_whoever_sees_as_somebody_marks_nothing(noticed, browser_of):
    browser = browser_of(noticed.ana)
    browser.post(reverse("accounts:see_as", args=[noticed.cora.pk]))
    found = notice(noticed, "clients.changed")
    assert browser.get(reverse("notify:show", args=[found.pk])).status_code == 302
    assert browser.post(reverse("notify:read_all")).status_code == 403
    with account_context(noticed.account):
        assert number(noticed.cora) == 2


def test_pages_of_the_list_hold_every_notice_once(within):
    for index in range(7):
        Notice.objects.create(
            account=within.account, member=within.cora, kind="clients.guest", area="clients", key=f"k{index}",
            client_id=within.maria.pk, at="2026-01-01T10:00:00Z",
        )  # fmt: skip
    seen, after = [], ""
    while after is not None:
        found = queries.notices(within.cora, after=after, limit=3)
        seen += [row.notice.pk for row in found.rows]
        after = found.after
    assert len(seen) == len(set(seen)) == 7


def test_a_page_of_many_asks_as_often_as_a_page_of_one(within, django_assert_max_num_queries):
    for index in range(30):
        Notice.objects.create(
            account=within.account, member=within.cora, kind="clients.guest", area="clients", key=f"k{index}",
            client_id=within.maria.pk, actor_id=within.sam.pk, at="2026-01-01T10:00:00Z",
        )  # fmt: skip
    with django_assert_max_num_queries(3):
        assert len(queries.notices(within.cora).rows) == 30

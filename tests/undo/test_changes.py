"""X12: the ledger of changes that can be undone: who sees it, what is forgotten, and what undo refuses."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from frontdesk.clients.bulk import actions as bulk
from frontdesk.clients.bulk.selection import Selection
from frontdesk.clients.models import Client, ClientTag, Tag
from frontdesk.core.errors import Conflict, Forbidden
from frontdesk.core.tenancy.context import account_context
from frontdesk.undo import access, actions, jobs
from frontdesk.undo.models import Change, ChangedRow, LeftOut


@pytest.fixture
def change(within):
    """Two clients made prospects by Sam."""
    return bulk.start(within.sam, "status", Selection([within.maria.pk, within.radu.pk]), {"status": "prospect"})


def test_after_thirty_days_it_cannot_be_undone_and_is_forgotten(within, change):
    Change.objects.update(at=timezone.now() - timedelta(days=30, minutes=1))
    with pytest.raises(Conflict):
        actions.undo(within.sam, change)
    jobs.prune()
    assert not Change.objects.exists() and not ChangedRow.objects.exists()


def test_younger_ones_stay(within, change):
    Change.objects.update(at=timezone.now() - timedelta(days=29))
    jobs.prune()
    assert Change.objects.exists()


def test_who_may_not_do_it_may_not_undo_it(within):
    deleted = bulk.start(within.ana, "delete", Selection([within.radu.pk]), {})
    with pytest.raises(Forbidden):
        actions.undo(within.sam, access.get_change(within.sam, deleted.pk))
    with pytest.raises(Forbidden):
        access.get_change(within.cora, deleted.pk)


def test_a_record_that_is_gone_is_left(within, change):
    Client.objects.filter(pk=within.radu.pk).delete()
    assert actions.undo(within.sam, change).restored == 1
    assert LeftOut.objects.get().reasons == ["gone"]


def test_a_reference_that_was_taken_meanwhile_leaves_the_record(within):
    from frontdesk.clients.models import ClientAccess

    ClientAccess.objects.all().delete()
    Client.objects.filter(pk=within.radu.pk).update(reference="R-1")
    deleted = bulk.start(within.ana, "delete", Selection([within.radu.pk, within.ioana.pk]), {})
    Client.objects.filter(pk=within.maria.pk).update(reference="R-1")
    assert actions.undo(within.ana, deleted).restored == 1
    assert Client.objects.filter(pk=within.ioana.pk).exists()
    assert LeftOut.objects.get(undoing=True).reasons == ["taken"]


def test_a_tag_that_is_gone_leaves_the_record(within):
    bulk.start(within.sam, "tag", Selection([within.maria.pk]), {"tag": "VIP"})
    removed = bulk.start(within.sam, "untag", Selection([within.maria.pk]), {"tag": "VIP"})
    Tag.objects.all().delete()
    assert actions.undo(within.sam, removed).restored == 0
    assert not ClientTag.objects.exists()


def test_the_page_lists_filters_and_shows_one(cast, browser_of):
    with account_context(cast.account):
        made = bulk.start(cast.sam, "status", Selection([cast.maria.pk]), {"status": "prospect"})
    sam = browser_of(cast.sam)
    assert "1 client is now: Prospect" in sam.get(reverse("undo:changes")).content.decode()
    assert "Nothing to undo" in sam.get(reverse("undo:changes") + "?kind=clients.merge").content.decode()
    assert "Nothing to undo" in sam.get(reverse("undo:changes") + "?state=undone").content.decode()
    assert "1 client is now: Prospect" in sam.get(reverse("undo:show", args=[made.pk])).content.decode()
    assert sam.get(reverse("undo:progress", args=[made.pk]))["HX-Redirect"] == reverse("undo:show", args=[made.pk])


def test_an_outsider_finds_nothing(cast, browser_of, api_of):
    with account_context(cast.account):
        made = bulk.start(cast.sam, "status", Selection([cast.maria.pk]), {"status": "prospect"})
    assert browser_of(cast.other.olga).post(reverse("undo:undo", args=[made.pk])).status_code == 404
    assert api_of(cast.other.olga).get(f"/api/v1/changes/{made.pk}").status_code == 404
    assert api_of(cast.cora).get("/api/v1/changes").status_code == 403


@pytest.mark.parametrize("strange", ["", "https://elsewhere.example/", "//elsewhere.example/", "elsewhere"])
def test_undo_leads_back_to_where_it_was_offered_and_nowhere_else(cast, browser_of, strange):
    with account_context(cast.account):
        first = bulk.start(cast.sam, "status", Selection([cast.maria.pk]), {"status": "prospect"})
        second = bulk.start(cast.sam, "status", Selection([cast.radu.pk]), {"status": "prospect"})
    sam, address = browser_of(cast.sam), reverse("clients:list") + "?status=prospect"
    assert sam.post(reverse("undo:undo", args=[first.pk]), {"next": address}).url == address
    led = sam.post(reverse("undo:undo", args=[second.pk]), {"next": strange}).url
    assert led == reverse("undo:show", args=[second.pk])


def test_where_something_was_left_undo_leads_to_the_change(cast, browser_of):
    with account_context(cast.account):
        change = bulk.start(cast.sam, "status", Selection([cast.maria.pk, cast.radu.pk]), {"status": "prospect"})
        Client.objects.filter(pk=cast.radu.pk).delete()
    led = browser_of(cast.sam).post(reverse("undo:undo", args=[change.pk]), {"next": "/clients/"}).url
    assert led == reverse("undo:show", args=[change.pk])

"""C15, C2, X12: many clients unsubscribed and subscribed again, filtered by it, exported with it."""

import csv
import io

import pytest
from django.db import connection
from django.urls import reverse

from frontdesk.clients import queries
from frontdesk.clients.bulk import actions as bulk
from frontdesk.clients.bulk.selection import Selection
from frontdesk.clients.models import Subscription, SubscriptionEvent
from frontdesk.clients.queries import Filters
from frontdesk.clients.subscriptions import actions
from frontdesk.clients.subscriptions.models import Source
from frontdesk.clients.subscriptions.rule import may_message
from frontdesk.core import paging
from frontdesk.core.errors import Forbidden, Invalid
from frontdesk.core.tenancy.context import account_context
from frontdesk.undo import actions as undo
from frontdesk.undo.models import LeftOut

EVERYBODY = Selection(all=True)
BY_LINK = {"source": Source.LINK.value}


def some(*clients) -> Selection:
    return Selection([client.pk for client in clients])


def names(found) -> list[str]:
    return [row["name"] for row in found.rows]


def unsubscribed(actor, **more) -> list[str]:
    return names(queries.list_clients(actor, Filters(unsubscribed="yes", **more)))


def test_many_at_once_and_back(within):
    change = bulk.start(within.sam, "unsubscribe", some(within.maria, within.ioana), {})
    assert (change.total, change.records) == (2, 2)
    assert unsubscribed(within.sam) == ["Ioana Popescu", "Maria Ionescu"]
    assert undo.undo(within.sam, change).restored == 2
    assert unsubscribed(within.sam) == []
    assert not Subscription.objects.exists()
    assert SubscriptionEvent.objects.filter(source="undo").count() == 8


def test_one_channel_or_purpose_of_many(within):
    bulk.start(within.sam, "unsubscribe", EVERYBODY, {"channel": "sms", "purpose": "service"})
    assert not may_message(within.victor, "sms", "service").allowed
    assert may_message(within.victor, "email", "service").allowed
    assert unsubscribed(within.sam) == []
    bulk.start(within.sam, "unsubscribe", EVERYBODY, {"purpose": "marketing"})
    bulk.start(within.sam, "unsubscribe", EVERYBODY, {"channel": "email"})
    assert len(unsubscribed(within.sam)) == 4


def test_resubscribing_many_leaves_out_who_unsubscribed_themselves(within):
    bulk.start(within.sam, "unsubscribe", EVERYBODY, {})
    actions.resubscribe(within.sam, within.maria, (("email", "marketing"),))
    actions.unsubscribe(within.mia, within.maria, (("email", "marketing"),), **BY_LINK)
    change = bulk.start(within.sam, "resubscribe", EVERYBODY, {})
    left = LeftOut.objects.get(change_id=change.pk)
    assert left.about == within.maria.pk and left.reasons[0].startswith("Unsubscribed by their own choice.")
    assert not may_message(within.maria, "email", "marketing").allowed
    assert may_message(within.maria, "sms", "marketing").allowed, "what they did not speak of follows"
    assert may_message(within.victor, "email", "marketing").allowed


def test_undoing_does_not_go_over_a_later_word_of_the_client(within):
    change = bulk.start(within.sam, "unsubscribe", some(within.maria, within.victor), {})
    actions.unsubscribe(within.mia, within.maria, **BY_LINK)
    assert undo.undo(within.sam, change).restored == 1
    assert unsubscribed(within.sam) == ["Maria Ionescu"]


def test_the_filter_goes_with_others_and_refuses_nonsense(within):
    bulk.start(within.sam, "unsubscribe", some(within.maria, within.victor), {})
    assert unsubscribed(within.sam, q="maria") == ["Maria Ionescu"]
    assert unsubscribed(within.cora, assigned=str(within.cora.pk)) == ["Maria Ionescu"]
    assert "Victor Țurcanu" not in names(queries.list_clients(within.sam, Filters(unsubscribed="no")))
    with pytest.raises(Invalid):
        queries.list_clients(within.sam, Filters(unsubscribed="perhaps"))


@pytest.mark.parametrize(("sort", "index"), [("name", "client_unsubscribed"), ("-name", "client_unsubscribed")])
def test_the_filter_reads_its_own_index_in_order(within, sort, index):
    found, _cut = queries.narrow(within.sam, Filters(unsubscribed="yes"))
    fields = queries.SORTS[sort]
    rows = found.order_by(*fields)[: paging.LIMIT + 1]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
    plan = rows.explain()
    assert index in plan and "SCAN" not in plan and "Seq Scan" not in plan, plan
    assert "TEMP B-TREE" not in plan, plan


def test_only_the_office_changes_many(within):
    for verb in ("unsubscribe", "resubscribe"):
        with pytest.raises(Forbidden):
            bulk.start(within.cora, verb, some(within.maria), {})
        with pytest.raises(Invalid):
            bulk.start(within.sam, verb, some(within.maria), {"channel": "pigeon"})


def test_the_pages_do_it_and_say_whom_they_left(cast, browser_of):
    sam, address = browser_of(cast.sam), reverse("clients:bulk")
    posted = {"ids": [str(cast.maria.pk), str(cast.victor.pk)], "verb": "unsubscribe"}
    assert "Unsubscribe from messages" in sam.post(address, posted).content.decode()
    said = sam.post(address, posted | {"confirmed": "1"}, follow=True).content.decode()
    assert "2 clients unsubscribed from: all messages" in said
    with account_context(cast.account):
        actions.unsubscribe(cast.mia, cast.maria, **BY_LINK)
    again = sam.post(address, posted | {"verb": "resubscribe", "confirmed": "1"}, follow=True).content.decode()
    assert "Unsubscribed by their own choice" in again and "Maria Ionescu" in again


def test_the_list_shows_filter_chip_and_column(cast, browser_of):
    with account_context(cast.account):
        actions.unsubscribe(cast.sam, cast.maria)
    address = reverse("clients:list")
    said = browser_of(cast.sam).get(address + "?unsubscribed=yes&columns=unsubscribed").content.decode()
    assert "Maria Ionescu" in said and "Victor" not in said
    assert 'aria-label="Remove' in said and '<span class="cell">Yes</span>' in said
    assert browser_of(cast.sam).get(address + "?unsubscribed=perhaps").status_code == 302


def test_the_export_has_a_column(cast, browser_of):
    with account_context(cast.account):
        actions.unsubscribe(cast.sam, cast.maria)
    body = b"".join(browser_of(cast.sam).get(reverse("clients:export", args=["csv"])).streaming_content).decode(
        "utf-8-sig"
    )
    rows = {row["Name"]: row["Unsubscribed from all"] for row in csv.DictReader(io.StringIO(body))}
    assert (rows["Maria Ionescu"], rows["Victor Țurcanu"]) == ("Yes", "No")


def test_the_api_filters_and_changes_many(cast, api_of):
    sam = api_of(cast.sam)
    change = sam.post("/api/v1/clients/bulk/unsubscribe", {"clients": [str(cast.maria.pk)], "channel": "sms"}).json()
    assert change["records"] == 1
    assert sam.get("/api/v1/clients?unsubscribed=yes").json()["data"] == []
    sam.post("/api/v1/clients/bulk/unsubscribe", {"filter": {}})
    rows = sam.get("/api/v1/clients?unsubscribed=yes").json()["data"]
    assert (len(rows), rows[0]["unsubscribed"]) == (4, True)
    sam.post("/api/v1/clients/bulk/resubscribe", {"filter": {"unsubscribed": "yes"}, "purpose": "service"})
    assert sam.get("/api/v1/clients?unsubscribed=yes").json()["data"] == []
    assert sam.get("/api/v1/clients?unsubscribed=maybe").status_code == 422
    assert api_of(cast.cora).post("/api/v1/clients/bulk/unsubscribe", {"filter": {}}).status_code == 403

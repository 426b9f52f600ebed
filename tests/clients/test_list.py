"""The list of clients (C2): search, filters, sort, paging by key, export; and who sees what."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from frontdesk.clients import actions, queries
from frontdesk.clients.queries import Filters
from frontdesk.clients.values import ClientInput
from frontdesk.core.errors import Invalid


def names(page) -> list[str]:
    return [row["name"] for row in page.rows]


def test_office_sees_all_coworkers_the_assigned(within):
    """P1: co-workers see only the clients assigned to them."""
    assert len(names(queries.list_clients(within.sam, Filters()))) == 4
    assert names(queries.list_clients(within.cora, Filters())) == ["Maria Ionescu"]
    assert names(queries.list_clients(within.cole, Filters())) == []


@pytest.mark.parametrize("typed", ["ionescu", "MARIA", "aria ion", "maria@exa", "0745 112", "+40745112908", "112908"])
def test_search_finds_any_part_of_name_email_and_phone(within, typed):
    assert names(queries.list_clients(within.sam, Filters(q=typed))) == ["Maria Ionescu"]


def test_search_ignores_accents_and_finds_short_beginnings(within):
    assert names(queries.list_clients(within.sam, Filters(q="turcanu"))) == ["Victor Țurcanu"]
    assert names(queries.list_clients(within.sam, Filters(q="vi"))) == ["Victor Țurcanu"]


def test_search_keeps_to_what_the_reader_may_see(within):
    assert names(queries.list_clients(within.cora, Filters(q="victor"))) == []
    assert names(queries.list_clients(within.sam, Filters(q="zoe"))) == []


@pytest.mark.parametrize(
    "typed", ["%", "_", "'", '"', "\\", "a'b", "MATCH", "*", "(", "\x00", "😀😀😀", "''' OR 1=1 --"]
)
def test_search_takes_any_text_literally(within, typed):
    assert names(queries.list_clients(within.sam, Filters(q=typed))) in (
        [],
        names(queries.list_clients(within.sam, Filters())),
    )


def test_filters_narrow(within):
    everyone = names(queries.list_clients(within.sam, Filters()))
    assert names(queries.list_clients(within.sam, Filters(mobile="yes"))) == ["Maria Ionescu"]
    assert len(names(queries.list_clients(within.sam, Filters(mobile="no")))) == len(everyone) - 1
    assert names(queries.list_clients(within.sam, Filters(assigned=str(within.cora.pk)))) == ["Maria Ionescu"]
    assert "Maria Ionescu" not in names(queries.list_clients(within.sam, Filters(assigned="none")))
    assert "Maria Ionescu" in names(queries.list_clients(within.sam, Filters(portal="yes")))
    tag = actions.set_tags(within.sam, within.victor, ["VIP"])[0]
    assert names(queries.list_clients(within.sam, Filters(tag=str(tag.pk)))) == ["Victor Țurcanu"]


@pytest.mark.parametrize("filters", [{"status": "gone"}, {"assigned": "x"}, {"tag": "1"}, {"mobile": "maybe"}])
def test_unknown_filters_are_refused_by_name(within, filters):
    with pytest.raises(Invalid) as refused:
        queries.list_clients(within.sam, Filters(**filters))
    assert set(refused.value.errors) == set(filters)


@pytest.mark.parametrize("sort", sorted(queries.SORTS))
def test_pages_by_key_give_every_client_once_in_both_directions(within, sort):
    for number in range(23):
        actions.create_client(within.sam, ClientInput(name=f"Client {number % 7}"))
    whole = [row["id"] for row in queries.list_clients(within.sam, Filters(), sort=sort, limit=100).rows]
    forward, after, page = [], "", None
    while page is None or after:
        page = queries.list_clients(within.sam, Filters(), sort=sort, after=after, limit=5)
        forward += [row["id"] for row in page.rows]
        after = page.after
    assert forward == whole
    backward = []
    while page:
        backward = [row["id"] for row in page.rows] + backward
        page = (
            queries.list_clients(within.sam, Filters(), sort=sort, before=page.before, limit=5) if page.before else None
        )
    assert backward == whole


def test_the_number_of_queries_does_not_depend_on_rows(cast, browser_of):
    """At most 12 queries, the same with 4 and with 60 clients."""
    from frontdesk.core.tenancy.context import account_context

    browser, counts = browser_of(cast.sam), []
    for _round in range(2):
        browser.get(reverse("clients:list"))
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(reverse("clients:list")).status_code == 200
        counts.append(len(captured))
        with account_context(cast.account):
            for number in range(56):
                made = actions.create_client(cast.sam, ClientInput(name=f"Client {number}", tags=["A", "B"]))
                actions.assign(cast.sam, made, [cast.cora.pk])
    assert counts[0] == counts[1] <= 12


def test_the_page_shows_counts_rows_and_filters(cast, browser_of):
    html = browser_of(cast.sam).get(reverse("clients:list"), {"q": "maria"}).content.decode()
    assert "Maria Ionescu" in html and "Victor" not in html
    assert "Zoé" not in browser_of(cast.sam).get(reverse("clients:list")).content.decode()


def test_a_damaged_page_link_starts_anew(cast, browser_of):
    assert browser_of(cast.sam).get(reverse("clients:list"), {"after": "!!"}).status_code == 302


@pytest.mark.parametrize("cursor", ["x", "bnVsbA", "W10", "WyJhIiwgIm5vdCBhIHV1aWQiXQ", "A" * 400])
def test_the_api_refuses_damaged_cursors(cast, api_of, cursor):
    assert api_of(cast.sam).get("/api/v1/clients", {"after": cursor}).status_code == 422


def test_the_api_lists_filters_and_pages(cast, api_of):
    api = api_of(cast.sam)
    first = api.get("/api/v1/clients", {"limit": 3}).json()
    second = api.get("/api/v1/clients", {"limit": 3, "after": first["next"]}).json()
    assert len(first["data"]) == 3 and len(second["data"]) == 1 and second["next"] is None
    assert api.get("/api/v1/clients", {"status": "prospect"}).json()["data"] == []
    assert api.get("/api/v1/clients", {"colour": "red"}).status_code == 422
    assert [row["name"] for row in api_of(cast.cora).get("/api/v1/clients").json()["data"]] == ["Maria Ionescu"]
    assert api_of(cast.mia).get("/api/v1/clients").status_code == 403
    assert api_of(None).get("/api/v1/clients").status_code == 401


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_the_export_has_all_rows_and_no_formula(cast, browser_of, extension):
    """C2: export; a name that looks like a formula stays text."""
    from frontdesk.core.tenancy.context import account_context

    with account_context(cast.account):
        actions.create_client(cast.sam, ClientInput(name='=HYPERLINK("http://evil","x")'))
    answer = browser_of(cast.sam).get(reverse("clients:export", args=[extension]))
    body = b"".join(answer.streaming_content)
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    if extension == "csv":
        text = body.decode("utf-8-sig")
        assert "Maria Ionescu" in text and "\"'=HYPERLINK" in text and len(text.splitlines()) == 6
    assert browser_of(cast.cora).get(reverse("clients:export", args=[extension])).status_code == 403


def test_a_method_that_is_not_offered_is_a_problem_too(cast, api_of):
    answer = api_of(cast.sam).put("/api/v1/clients", {}, content_type="application/json")
    assert answer.status_code == 405 and answer.headers["content-type"] == "application/problem+json"
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("sort", ["name", "-name"])
def test_lists_by_tag_and_by_member_are_read_in_their_order(within, sort):
    """C2: the ties are in the order of names; pages and other filters agree with the plain way."""
    for client in (within.maria, within.victor, within.ioana, within.radu):
        actions.set_tags(within.sam, client, ["VIP"])
        actions.assign(within.sam, client, [within.cole.pk])
    actions.update_client(within.sam, within.victor, {"name": "Adam First"})
    actions.set_status(within.sam, within.radu, "prospect")
    tag = queries.all_tags()[0]
    for wanted in ({"tag": str(tag.pk)}, {"assigned": str(within.cole.pk)}):
        first = queries.list_clients(within.sam, queries.Filters(**wanted), sort=sort, limit=3)
        rest = queries.list_clients(within.sam, queries.Filters(**wanted), sort=sort, limit=3, after=first.after)
        names = [row["name"] for row in first.rows + rest.rows]
        expected = ["Adam First", "Ioana Popescu", "Maria Ionescu", "Radu Popescu"]
        assert names == (expected if sort == "name" else expected[::-1])
        active = queries.list_clients(within.sam, queries.Filters(status="active", **wanted), sort=sort)
        assert "Radu Popescu" not in [row["name"] for row in active.rows]
        assert len(active.rows) == 3

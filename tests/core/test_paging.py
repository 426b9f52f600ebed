"""Paging by key: pages put together are the whole list, in both directions, while rows are added."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.clients.models import Tag
from frontdesk.core import paging
from frontdesk.core.errors import Invalid
from frontdesk.core.tenancy.context import account_context

ORDERS = [["name", "id"], ["-name", "id"], ["-hue", "name", "id"], ["id"], ["-id"]]
LETTERS = st.text("abc", max_size=2)
ROWS = st.lists(st.tuples(LETTERS, st.integers(0, 2)), max_size=25)
quickly = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _fill(account, rows):
    Tag.objects.all().delete()
    _add(account, rows)


def _add(account, rows):
    Tag.objects.bulk_create([Tag(account=account, name=name, key=uuid.uuid4().hex, hue=hue) for name, hue in rows])


def _forward(order, limit, between=lambda: None):
    found, after = [], ""
    while after is not None:
        page = paging.page(Tag.objects.all(), order, after=after, limit=limit)
        found += page.rows
        after = page.after
        between()
    return found


def _cursor(row, order):
    values = [getattr(row, name.lstrip("-")) for name in order]
    return paging.encode([str(value) if isinstance(value, uuid.UUID) else value for value in values])


def _backward(order, limit, last):
    page = paging.page(Tag.objects.all(), order, before=_cursor(last, order), limit=limit)
    found = page.rows
    while page.before:
        page = paging.page(Tag.objects.all(), order, before=page.before, limit=limit)
        found = page.rows + found
    return found


@quickly
@given(rows=ROWS, order=st.sampled_from(ORDERS), limit=st.integers(1, 6))
def test_pages_forward_are_the_whole_list(cast, rows, order, limit):
    with account_context(cast.account):
        _fill(cast.account, rows)
        assert _forward(order, limit) == list(Tag.objects.order_by(*order))


@quickly
@given(rows=ROWS, order=st.sampled_from(ORDERS), limit=st.integers(1, 6))
def test_pages_backward_are_the_whole_list(cast, rows, order, limit):
    with account_context(cast.account):
        _fill(cast.account, rows)
        whole = list(Tag.objects.order_by(*order))
        if whole:
            assert _backward(order, limit, whole[-1]) == whole[:-1]


@quickly
@given(rows=ROWS, more=ROWS, order=st.sampled_from(ORDERS), limit=st.integers(1, 6))
def test_rows_added_meanwhile_neither_repeat_nor_hide_others(cast, rows, more, order, limit):
    with account_context(cast.account):
        _fill(cast.account, rows)
        whole = list(Tag.objects.order_by(*order))
        coming = iter(more)
        seen = _forward(order, limit, lambda: _add(cast.account, [row for row in [next(coming, None)] if row]))
        assert len(seen) == len(set(seen))
        assert [row for row in seen if row in set(whole)] == whole


def test_the_ends_have_no_page_beside_them(within):
    _add(within.account, [("a", 1), ("b", 1), ("c", 1)])
    first = paging.page(Tag.objects.all(), ["name", "id"], limit=2)
    assert first.before is None
    second = paging.page(Tag.objects.all(), ["name", "id"], after=first.after, limit=2)
    assert second.after is None
    back = paging.page(Tag.objects.all(), ["name", "id"], before=second.before, limit=2)
    assert [row.name for row in back.rows] == ["a", "b"]
    assert back.before is None


@pytest.mark.parametrize(
    "cursor",
    ["x", "!!!", "é", "W10", paging.encode(["a"]), paging.encode(["a", "b", "c"]), paging.encode(["a", "no id"]),
     paging.encode([{"a": 1}, "b"]), paging.encode(["a\0", "b"]), paging.encode([None, None]), "A" * 5000,
     paging.encode([1e400, "x"]), paging.encode([True, str(uuid.UUID(int=7))])],
)  # fmt: skip
def test_a_damaged_cursor_is_refused(within, cursor):
    with pytest.raises(Invalid):
        paging.page(Tag.objects.all(), ["name", "id"], after=cursor)


def test_a_page_costs_one_query_however_deep(within, django_assert_num_queries):
    _add(within.account, [(str(number), 1) for number in range(60)])
    deep = _forward(["name", "id"], 50)[-1]
    with django_assert_num_queries(1):
        paging.page(Tag.objects.all(), ["name", "id"], after=paging.encode([deep.name, str(deep.pk)]))

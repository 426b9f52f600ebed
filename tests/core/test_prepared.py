"""Prepared reads give what their querysets give, watched or not, and fail closed like them."""

import pytest
from django.db import connection

from frontdesk.accounts.models import Member
from frontdesk.clients.models import Assignment, Client, ContactPoint
from frontdesk.core.tenancy.context import account_context
from frontdesk.core.tenancy.prepared import Prepared, PreparedObjects

NAMES = Prepared(lambda ids: Client.objects.filter(pk__in=ids).order_by("name").values_list("name", "status"))
POINTS = PreparedObjects(
    ContactPoint,
    {"contact": ContactPoint._meta.get_field("contact").related_model},
    lambda kind: ContactPoint.objects.filter(kind=kind).order_by("id"),
)
SERVING = PreparedObjects(
    Assignment, {"member": Member}, lambda client_id: Assignment.objects.filter(client_id=client_id)
)


@pytest.fixture(params=["watched", "straight"])
def way(request, cast):
    """Each test runs over Django's cursors, then past them, as the application does."""
    wrappers = connection.execute_wrappers
    held = list(wrappers)
    if request.param == "straight":
        wrappers.clear()
    yield request.param
    wrappers[:] = held


def test_columns_that_are_not_wanted_are_read_when_they_are_asked_for(way, cast, django_assert_num_queries):
    named = PreparedObjects(
        Assignment, {"member": Member}, lambda client_id: Assignment.objects.filter(client_id=client_id),
        only={"member": ("id", "name")},
    )  # fmt: skip
    with account_context(cast.account):
        [found] = [one for one in named(cast.maria.pk) if one.member_id == cast.cora.pk]
        with django_assert_num_queries(0):
            assert (found.member.pk, found.member.name) == (cast.cora.pk, cast.cora.name)
        with django_assert_num_queries(1):
            assert found.member.role == cast.cora.role


def test_rows_are_the_querysets(way, cast):
    with account_context(cast.account):
        assert NAMES([cast.radu.pk, cast.ioana.pk]) == [("Ioana Popescu", "active"), ("Radu Popescu", "active")]
        assert NAMES([cast.radu.pk]) == [("Radu Popescu", "active")]
        assert NAMES([]) == []


def test_instances_are_as_loaded(way, cast):
    with account_context(cast.account):
        made, loaded = POINTS("phone"), list(ContactPoint.objects.filter(kind="phone").order_by("id"))
        assert [one.__dict__ | {"_state": None} for one in made] == [one.__dict__ | {"_state": None} for one in loaded]
        assert made[0].contact.client_id == cast.maria.pk and not made[0]._state.adding
        made[0].label = "Work"
        made[0].save()
        assert ContactPoint.objects.get(pk=made[0].pk).label == "Work"
        [serving] = SERVING(cast.maria.pk)
        assert serving.member == cast.cora and serving.member.name == "Cora"


def test_another_accounts_rows_stay_there(way, cast):
    with account_context(cast.account):
        assert NAMES([cast.other.zoe.pk]) == []
        assert SERVING(cast.other.zoe.pk) == []


def test_without_an_account_nothing_is_read(way, cast):
    with pytest.raises(Exception, match="account"):
        NAMES([cast.radu.pk])

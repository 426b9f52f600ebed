"""Rows past the ORM stay within their account and read back as written."""

import uuid
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from frontdesk.activity.models import Activity
from frontdesk.clients.models import Client, Tag
from frontdesk.core.ids import uuid7, uuid7s
from frontdesk.core.tenancy import bulk
from frontdesk.core.tenancy.bulk import bulk_insert, bulk_update, refresh_statistics
from frontdesk.core.tenancy.context import AccountContextMissing, account_context

NAMES = ("id", "at", "actor_id", "verb", "subject_id", "client_id", "data", "request_id")


def test_every_type_reads_back_as_written(within):
    at, subject = timezone.now(), uuid7()
    data = {"text": 'Țu\\t"\n', "list": [1, None, True]}
    with transaction.atomic():
        assert bulk_insert(Activity, NAMES, [(uuid7(), at, within.ana.pk, "a.b", subject, None, data, "")]) == 1
    found = Activity.objects.get(verb="a.b")
    assert (found.account_id, found.at, found.actor_id, found.subject_id, found.client_id, found.data) == (
        within.account.pk, at, within.ana.pk, subject, None, data,
    )  # fmt: skip


def test_no_rows_are_no_work(within):
    with transaction.atomic():
        assert bulk_insert(Tag, ("id", "name", "key", "hue"), []) == 0
        bulk_update(Tag, ("name",), [])


def test_without_an_account_nothing_is_written(cast):
    with pytest.raises(AccountContextMissing), transaction.atomic():
        bulk_insert(Tag, ("id", "name", "key", "hue"), [(uuid7(), "A", "a", 1)])


def test_it_belongs_in_a_transaction(within, monkeypatch):
    monkeypatch.setattr(bulk, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(RuntimeError):
        bulk_insert(Tag, ("id", "name", "key", "hue"), [(uuid7(), "A", "a", 1)])


def test_a_row_of_another_account_is_not_updated(within):
    other = within.other.zoe
    with transaction.atomic():
        bulk_update(Client, ("name",), [("Stolen", other.pk), ("Mia", within.maria.pk)])
    assert Client.objects.get(pk=within.maria.pk).name == "Mia"
    with account_context(within.other.account):
        assert Client.objects.get(pk=other.pk).name == "Zoé Martin"


def test_a_broken_constraint_is_an_integrity_error(within):
    rows = [(uuid7(), "A", "a", 1), (uuid7(), "A", "a", 1)]
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk_insert(Tag, ("id", "name", "key", "hue"), rows)


def test_statistics_can_be_refreshed(within):
    refresh_statistics([Client, Tag])


def test_many_identifiers_are_ordered_and_of_version_seven():
    made = uuid7s(10_000)
    assert made == sorted(set(made)) and {one.version for one in made} == {7}
    assert all(one.variant == uuid.RFC_4122 and uuid.UUID(str(one)) == one for one in made[:50])

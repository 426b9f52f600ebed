"""Clients from before there were rooms get theirs in the background, and those who serve them find them (M1)."""

import importlib

import pytest
from django.apps import apps
from django.db import connection, transaction

from frontdesk.clients.models import Client
from frontdesk.core.jobs import worker
from frontdesk.core.jobs.models import QueuedJob
from frontdesk.core.tenancy.context import account_context, across_accounts
from frontdesk.messaging import jobs, queries
from frontdesk.messaging.models import Room, Thread

from .rooms import room_of

migration = importlib.import_module("frontdesk.messaging.migrations.0003_rooms_of_older_clients")


@pytest.fixture
def old(cast, within):
    """No client has a room."""
    with across_accounts():
        Thread.objects.all().delete()
    return within


def run_migration() -> None:
    """What the migration does with the data."""
    with connection.schema_editor(atomic=False) as editor:
        migration.queue(apps, editor)


def rooms() -> list:
    """The clients of the rooms in context."""
    return sorted(Room.objects.filter(kind=Room.Kind.CLIENT).values_list("thread__client_id", flat=True))


def clients() -> list:
    """All clients in context."""
    return sorted(Client.objects.values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
def test_the_upgrade_queues_it_and_coworkers_find_the_rooms(cast):
    with across_accounts():
        Thread.objects.all().delete()
    run_migration()
    queued = set(QueuedJob.objects.filter(name="messages.rooms").values_list("account_id", flat=True))
    assert queued == {cast.account.pk, cast.other.account.pk}
    worker.run_due()
    with account_context(cast.account):
        assert cast.maria.pk in [row.thread.client_id for row in queries.rooms(cast.cora).rows]
    for account in (cast.account, cast.other.account):
        with account_context(account):
            assert rooms() == clients() != []


@pytest.mark.django_db(transaction=True)
def test_a_new_installation_needs_nothing():
    run_migration()
    assert not QueuedJob.objects.exists()


def test_rooms_that_are_there_stay_alone(old):
    room = room_of(old.maria)
    jobs.open_rooms()
    jobs.open_rooms()
    assert rooms() == clients() and room_of(old.maria) == room


def test_a_run_that_is_killed_goes_on_with_those_left(old, monkeypatch):
    monkeypatch.setattr(jobs, "ROOMS_AT_ONCE", 2)

    def killed(**_):
        raise SystemExit

    with monkeypatch.context() as patched, transaction.atomic():
        patched.setattr(jobs, "keep_alive", killed)
        with pytest.raises(SystemExit):
            jobs.open_rooms()
    assert len(rooms()) == 2
    jobs.open_rooms()
    assert rooms() == clients()


def test_an_old_client_is_not_above_what_is_new(old):
    Client.objects.filter(pk=old.maria.pk).update(created_at="2020-01-01T00:00:00+00:00")
    jobs.open_rooms()
    assert room_of(old.maria).last_at.year == 2020

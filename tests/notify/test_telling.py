"""A3: what happens is told to those whom it concerns, once, in a job; never to whoever did it."""

from dataclasses import replace

import pytest
from django.db import transaction

from frontdesk.accounts.actions.away import AwayInput, end_away, set_away
from frontdesk.accounts.actions.members import deactivate
from frontdesk.activity.models import Activity
from frontdesk.activity.spine import record, record_many
from frontdesk.clients.actions import assignments
from frontdesk.clients.actions.availability import set_availability
from frontdesk.clients.models import Assignment
from frontdesk.core.jobs.models import QueuedJob
from frontdesk.core.tenancy.context import account_context
from frontdesk.notify import handlers, kinds, queries, telling
from frontdesk.notify.models import Notice, Told

from .helpers import number, titles, told, work


def test_nothing_is_told_before_the_job_runs_and_nothing_of_what_was_undone(within):
    try:
        with transaction.atomic():
            assignments.assign(within.sam, within.victor, [within.cole.pk])
            raise RuntimeError
    except RuntimeError:
        assert work() == 0
    assignments.assign(within.sam, within.victor, [within.cole.pk])
    assert told(within.cole) == [] and work() == 1
    assert told(within.cole) == [("clients.assigned", 1)] and number(within.cole) == 1
    assert titles(within.cole) == ["Sam assigned Victor Țurcanu to you"]


def test_who_does_it_is_not_told(within):
    assignments.assign(within.sam, within.victor, [within.sam.pk])
    work()
    assert told(within.sam) == []


def test_what_comes_under_one_key_is_counted_until_it_is_read(within):
    for client in (within.victor, within.ioana, within.radu):
        assignments.assign(within.sam, client, [within.cole.pk])
    work()
    assert told(within.cole) == [("clients.assigned", 3)] and number(within.cole) == 1
    assert titles(within.cole) == ["Sam assigned 3 clients to you"]


def test_a_job_that_runs_again_tells_nothing_again(within):
    assignments.assign(within.sam, within.victor, [within.cole.pk])
    activity = Activity.objects.filter(verb="client.assigned").latest("id")
    for _time in range(3):
        telling.tell([activity.pk])
    assert told(within.cole) == [("clients.assigned", 1)] and number(within.cole) == 1
    assert Told.objects.filter(cause=activity.pk).count() == 1


def test_a_job_that_breaks_halfway_leaves_nothing_and_is_done_wholly_later(within, monkeypatch):
    assignments.assign(within.sam, within.victor, [within.cole.pk])
    activity = Activity.objects.filter(verb="client.assigned").latest("id")
    with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError):
        broken.setattr(telling.sending, "plan", lambda *given: 1 / 0)
        telling.tell([activity.pk])
    assert told(within.cole) == [] and not Told.objects.exists() and number(within.cole) == 0
    telling.tell([activity.pk])
    assert told(within.cole) == [("clients.assigned", 1)]


def test_whoever_was_taken_off_again_or_switched_off_is_not_told(within):
    assignments.assign(within.sam, within.victor, [within.cole.pk, within.cora.pk])
    assignments.unassign(within.sam, within.victor, within.cole.pk)
    deactivate(within.ana, within.cora)
    work()
    assert told(within.cole) == [] and told(within.cora) == []


def test_a_notice_about_a_client_out_of_sight_says_nothing_of_it(within):
    assignments.assign(within.sam, within.victor, [within.cole.pk])
    work()
    Assignment.objects.filter(client=within.victor).delete()
    row = queries.notices(within.cole).rows[0]
    assert row.gone and "Victor" not in row.wording.title and row.wording.href == ""


def test_changes_by_a_client_reach_those_who_serve_them_and_not_the_office(within):
    set_availability(within.mia, within.maria, [])
    work()
    assert told(within.cora) == [("clients.changed", 1)] and told(within.sam) == [] and told(within.ana) == []
    assert titles(within.cora) == ["Mia changed the details of Maria Ionescu"]


def test_a_kind_tells_only_the_roles_that_it_is_for(within, monkeypatch):
    kind = next(one for one in kinds.of_verb("client.assigned") if one.key == "clients.assigned")
    everybody = replace(kind, recipients=lambda happening: {within.cole.pk, within.mia.pk})
    monkeypatch.setattr(kinds, "of_verb", lambda verb: [everybody])
    assignments.assign(within.sam, within.victor, [within.cole.pk])
    work()
    assert told(within.cole) == [("clients.assigned", 1)] and told(within.mia) == []


def test_many_at_once_are_told_by_few_jobs(within):
    rows = [(within.victor.pk, within.victor.pk, {"member": str(within.cole.pk)})] * (handlers.AT_ONCE + 1)
    Assignment.objects.create(account=within.account, client=within.victor, member=within.cole, sort_key="v")
    with transaction.atomic():
        record_many(within.sam, "client.assigned", rows)
    assert QueuedJob.objects.filter(name=handlers.TELL).count() == 2
    work()
    assert told(within.cole) == [("clients.assigned", handlers.AT_ONCE + 1)] and number(within.cole) == 1


def test_a_deputy_is_told_and_sees_it_as_long_as_it_holds(within):
    set_away(within.cora, within.cora, AwayInput(deputy=within.cole.pk))
    work()
    assert titles(within.cole) == ["You stand in for Cora, who is away"]
    end_away(within.cora, within.cora)
    assert titles(within.cole) == ["This is no longer there."]


def test_verbs_without_a_kind_queue_nothing(within):
    with transaction.atomic():
        record(within.sam, "client.status", subject_id=within.maria.pk, client_id=within.maria.pk)
    assert not QueuedJob.objects.filter(name=handlers.TELL).exists()


def test_words_are_made_when_they_are_read(within):
    assignments.assign(within.sam, within.victor, [within.cole.pk])
    work()
    within.victor.name = "Victor Renamed"
    within.victor.save()
    assert titles(within.cole) == ["Sam assigned Victor Renamed to you"]
    assert "Victor" not in str(list(Notice.objects.values()))


def test_activities_of_another_account_are_not_told(within):
    assignments.assign(within.sam, within.victor, [within.cole.pk])
    activity = Activity.objects.filter(verb="client.assigned").latest("id")
    with account_context(within.other.account):
        telling.tell([activity.pk])
        assert not Notice.objects.exists() and not Told.objects.exists()
    assert told(within.cole) == []

"""Interrupted imports: nothing is lost, nothing comes twice."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from frontdesk.accounts.models import MemberStatus
from frontdesk.activity.models import Activity
from frontdesk.clients.imports import actions, jobs, running, storage
from frontdesk.clients.imports.models import ClientImport, ImportedClient, LeftOutRow, State
from frontdesk.clients.models import Client, ContactPoint, Tally
from frontdesk.core.errors import Conflict
from frontdesk.core.jobs.models import QueuedJob
from frontdesk.core.jobs.worker import run_due

from .test_import_rows import check, counts

ROOT = Path(__file__).resolve().parents[2]
ROWS = [[f"Person {n}", f"p{n}@example.com", f"07220{n:05}"] for n in range(95)] + [["Bad", "nonsense", ""]]
HEADINGS = ["Name", "E-mail", "Phone"]


@pytest.fixture(autouse=True)
def short_chunks(monkeypatch):
    monkeypatch.setattr(running, "CHUNK", 10)


def started(cast):
    source = check(cast, HEADINGS, ROWS)
    return actions.start(cast.ana, source)


def run_again():
    QueuedJob.objects.update(run_at="2000-01-01T00:00Z")
    run_due()


def assert_complete(source):
    source.refresh_from_db()
    assert (source.state, source.position, counts(source)) == (State.FINISHED, 96, (95, 0, 0, 1))
    assert Client.objects.filter(name__startswith="Person").count() == 95
    assert ImportedClient.objects.count() == 95 and LeftOutRow.objects.count() == 1
    assert ContactPoint.objects.filter(normal__startswith="p").count() == 95
    assert Activity.objects.filter(verb="client.imported").count() == 95
    assert Tally.objects.get(status="active").count == Client.objects.filter(status="active").count()


@pytest.mark.parametrize("place", ["create", "_note_left_out", "_advance"])
def test_a_run_that_breaks_within_a_chunk_goes_on_where_it_was(within, monkeypatch, place):
    source = started(within)
    real, calls = getattr(running, place), []

    def breaking(*args):
        calls.append(1)
        if len(calls) == 4:
            real(*args)
            raise OSError("the machine stumbles")
        return real(*args)

    monkeypatch.setattr(running, place, breaking)
    run_due()
    source.refresh_from_db()
    assert (source.position, source.failures, source.state) == (30, 1, State.RUNNING)
    assert Client.objects.filter(name__startswith="Person").count() == 30
    run_again()
    assert_complete(source)


def test_an_import_that_breaks_again_and_again_is_given_up_and_can_go_on(within, monkeypatch):
    source = started(within)
    with monkeypatch.context() as patch:
        patch.setattr(running, "create", lambda *_args: 1 / 0)
        for _time in range(running.FAILURES):
            run_again()
    source.refresh_from_db()
    assert source.state == State.FAILED
    assert Activity.objects.filter(verb="import.failed").count() == 1
    actions.start(within.ana, source)
    run_due()
    assert_complete(source)


def test_two_workers_on_one_import_do_every_row_once(within):
    source = started(within)
    stale = ClientImport.objects.select_related("member__account", "member__user").get(pk=source.pk)
    run_due()
    with storage.rows(source.pk) as table, pytest.raises(running.Stale):
        running.run(stale, stale.member, table)
    assert_complete(source)


def test_two_imports_of_the_same_file_at_the_same_time(within):
    sources = [check(within, HEADINGS, ROWS), check(within, HEADINGS, ROWS)]
    for source in sources:
        actions.start(within.ana, source)
    run_due()
    for source in sources:
        source.refresh_from_db()
    assert [counts(source) for source in sources] == [(95, 0, 0, 1), (0, 0, 95, 1)]
    assert Client.objects.filter(name__startswith="Person").count() == 95


def test_a_cancelled_run_keeps_what_was_done_and_says_how_much(within, monkeypatch):
    source = started(within)
    real, calls = running.create, []

    def cancelling(*args):
        calls.append(1)
        return real(*args)

    monkeypatch.setattr(running, "create", cancelling)
    monkeypatch.setattr(
        running, "_stop_without_right", lambda *_a: len(calls) == 3 and actions.cancel(within.ana, source)
    )
    run_due()
    source.refresh_from_db()
    assert (source.state, source.created, source.position) == (State.CANCELLED, 30, 30)
    assert Client.objects.filter(name__startswith="Person").count() == 30
    data = Activity.objects.get(verb="import.cancelled").data
    assert data["created"] == 30
    with pytest.raises(Conflict):
        actions.start(within.ana, source)


def test_a_person_who_lost_the_right_stops_importing(within):
    source = started(within)
    within.ana.status = MemberStatus.INACTIVE
    within.ana.save()
    run_due()
    source.refresh_from_db()
    assert (source.state, source.created) == (State.CANCELLED, 0)


def test_an_import_whose_run_is_gone_is_ended_and_can_go_on(within):
    source = started(within)
    jobs.give_up_abandoned()
    source.refresh_from_db()
    assert source.state == State.RUNNING
    QueuedJob.objects.update(status="dead")
    jobs.give_up_abandoned()
    source.refresh_from_db()
    assert source.state == State.FAILED
    actions.start(within.ana, source)
    run_due()
    assert_complete(source)


def test_files_are_deleted_after_thirty_days(within):
    source = started(within)
    run_due()
    ClientImport.objects.update(uploaded_at="2020-01-01T00:00Z")
    jobs.prune_files()
    source.refresh_from_db()
    assert not source.file_kept and not storage.folder(source.pk).exists()
    assert_complete(source)


_PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from frontdesk.accounts.models import Account, Member, User
from frontdesk.clients.imports import actions
from frontdesk.core.tenancy.context import account_context
import csv, io
text = io.StringIO()
csv.writer(text).writerows([["Name", "E-mail"], *[[f"Person {n}", f"p{n}@example.com"] for n in range(ROWS)]])
class File:
    name = "clients.csv"
    def chunks(self):
        yield text.getvalue().encode()
account = Account.objects.create(name="A", country="RO")
user = User.objects.create_user(email="a@example.com", password="x")
member = Member.objects.create(account=account, user=user, role="admin", name="A", sort_name="a")
with account_context(account):
    source = actions.upload(member, File())
    source.state = "checked"
    source.save()
    actions.start(member, source)
"""
_WORK = """
import django; django.setup()
from frontdesk.clients.imports import running
from frontdesk.core.jobs import worker
from frontdesk.core.jobs.models import QueuedJob
running.CHUNK = 50
QueuedJob.objects.filter(status="running").update(lease_until="2000-01-01T00:00Z", attempts=0)
print("ready", flush=True)
worker.run_due()
"""
_TABLES = ["clients_client", "clients_contactpoint", "clients_importedclient", "search_searchentry"]


def _look(database: Path) -> list:
    """State, position and counter of the import, then the rows of each table and the distinct names."""
    with closing(sqlite3.connect(database)) as connection:
        found = list(connection.execute("SELECT state, position, created FROM clients_clientimport").fetchone())
        for table in _TABLES:
            found += connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        return found + list(connection.execute("SELECT count(DISTINCT name) FROM clients_client").fetchone())


@pytest.mark.slow
@pytest.mark.faults
@pytest.mark.timeout(900)
def test_a_worker_killed_at_any_moment_loses_and_repeats_nothing(tmp_path):
    rows = 3000
    environment = {**os.environ, "FRONTDESK_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "frontdesk.config.settings"}
    environment.pop("FRONTDESK_DATABASE", None)

    def python(code):
        command = [sys.executable, "-c", code.replace("ROWS", str(rows))]
        return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    assert python(_PREPARE).wait() == 0
    kills = 0
    for number in range(7):
        worker = python(_WORK)
        worker.stdout.readline()
        time.sleep(0.1 + 0.15 * number)
        if worker.poll() is None:
            worker.send_signal(signal.SIGKILL)
            kills += 1
        worker.wait()
        _state, position, *others = _look(tmp_path / "frontdesk.sqlite3")
        assert others == [position] * 6
    assert kills >= 2
    assert python(_WORK).wait() == 0
    assert _look(tmp_path / "frontdesk.sqlite3") == ["finished", *[rows] * 7]

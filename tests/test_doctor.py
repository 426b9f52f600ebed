"""`frontdesk doctor` looks at every part, says what to do, and ends with 1 when there is something to do."""

import json
import os
import sqlite3
import subprocess
import sys

import pytest

from frontdesk.config import doctor
from frontdesk.core.jobs.models import QueuedJob, Status


def test_it_looks_at_every_part(db):
    found = [finding.name for finding in doctor.findings()]
    assert len(found) == len(set(found))
    assert {
        "versions", "settings", "keys", "permissions", "database", "migrations", "storage", "worker", "integrity",
        "jobs", "backups", "mail", "clock", "assets", "address",
    } == set(found)  # fmt: skip


def test_it_names_the_versions(db):
    assert "Frontdesk 0." in doctor.check_versions().advice and "Python 3." in doctor.check_versions().advice


def test_it_notices_who_else_can_look_in(settings, tmp_path):
    tmp_path.chmod(0o755)
    settings.DATA_DIR = tmp_path
    assert "chmod" in doctor.check_permissions().advice
    tmp_path.chmod(0o700)
    assert doctor.check_permissions().ok


def test_it_notices_work_that_was_given_up(db, cast):
    assert doctor.check_jobs().ok
    QueuedJob.objects.create(name="backup.make", status=Status.DEAD, run_at="2030-01-01T00:00Z")
    found = doctor.check_jobs()
    assert not found.ok and "backup.make" in found.advice


def run_doctor(data, *arguments, **variables) -> subprocess.CompletedProcess:
    """The command, on a data directory of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "FRONTDESK_DATABASE"}
    return subprocess.run(
        [sys.executable, "-m", "frontdesk.config.cli", "doctor", *arguments],
        env={**environment, "FRONTDESK_DATA": str(data), **variables}, capture_output=True, text=True,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_a_damaged_database_is_noticed_and_told_to_machines(tmp_path):
    path = tmp_path / "frontdesk.sqlite3"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA page_size = 512")
        database.execute("CREATE TABLE thing (a TEXT)")
        database.executemany("INSERT INTO thing VALUES (?)", [("x" * 400,)] * 500)
    database.close()
    with path.open("r+b") as file:
        file.seek(512 * 40)
        file.write(b"\xff" * 512 * 20)
    ended = run_doctor(tmp_path, "--json")
    found = {check["name"]: check for check in json.loads(ended.stdout)["checks"]}
    assert ended.returncode == 1 and not found["integrity"]["ok"] and "backup" in found["integrity"]["advice"]
    assert not found["migrations"]["ok"] and "frontdesk migrate" in found["migrations"]["advice"]


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [(), ("--json",)])
def test_a_wrong_setting_is_said(tmp_path, arguments):
    ended = run_doctor(tmp_path, *arguments, FRONTDESK_WORKERS="2", FRONTDESK_MAX_IMPORT_MB="many")
    assert ended.returncode == 1 and "FRONTDESK_MAX_IMPORT_MB" in ended.stdout and ended.stderr == ""
    if arguments:
        assert json.loads(ended.stdout)["checks"][0]["name"] == "settings"

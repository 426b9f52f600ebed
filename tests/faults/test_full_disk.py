"""The disk is full: saving says so, reading goes on, nothing breaks, and room makes everything work again."""

import contextlib
import os
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest

from frontdesk.core.http import trouble

from .installation import ROOT, Caller, Database, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.sqlite_only]
SIZE = "64m"
TRIES = 200
LONG_NOTE = "Room. " * 3000


@pytest.fixture
def small_disk(tmp_path):
    """A file system of its own with little room."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip("this user may not mount a file system")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder) -> None:
    """Leave no room at all."""
    with contextlib.suppress(OSError), open(folder / "ballast", "ab", buffering=0) as file:
        while file.write(b"x" * 65536):
            pass
    with contextlib.suppress(OSError), open(folder / "ballast", "ab", buffering=0) as file:
        while file.write(b"x"):
            pass


@pytest.fixture
def running(template, small_disk, free_port):
    """`frontdesk run` on the small disk, temporary files included."""
    data = small_disk / "data"
    shutil.copytree(template.data, data)
    (small_disk / "tmp").mkdir()
    environment = {**os.environ, "FRONTDESK_DATA": str(data), "PORT": str(free_port), "FRONTDESK_WORKERS": "1",
                   "TMPDIR": str(small_disk / "tmp")}  # fmt: skip
    environment.pop("PROMETHEUS_MULTIPROC_DIR", None)
    command = [sys.executable, "-m", "frontdesk.config.cli", "run"]
    log = small_disk.parent / "log"
    made = SimpleNamespace(port=free_port, disk=small_disk, log=log, **template.credentials)
    made.database, made.caller = Database(f"sqlite:///{data / 'frontdesk.sqlite3'}"), Caller(made, 30)
    with log.open("w") as written:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=written, stderr=written)
        try:
            wait_until(lambda: made.caller.get("/clients/").status == 200, 90)
            yield made
        finally:
            process.terminate()
            process.wait(20)


def add_note(running, number: int):
    """A note large enough to need room."""
    return running.caller.post(f"/clients/{running.client}/notes/", {"body": f"Filler {number} {LONG_NOTE}"})


def write_until_refused(running) -> tuple[int, SimpleNamespace]:
    """How many notes were saved, and the first answer that was no success."""
    for number in range(TRIES):
        answer = add_note(running, number)
        if answer.status != 302:
            return number, answer
    raise AssertionError("the disk never filled")


def check_full(answer) -> None:
    """It says that there is no room."""
    assert answer.status == 507, answer.text[:500]
    assert "Traceback" not in answer.text and answer.headers["Retry-After"]


@pytest.mark.timeout(300)
def test_a_full_disk(running):
    pages = ["/clients/", f"/clients/{running.client}/", "/", "/search/?q=maria"]
    assert [running.caller.get(path).status for path in pages] == [200] * len(pages)
    assert upload(running).status == 422
    fill(running.disk)
    saved, answer = write_until_refused(running)
    check_full(answer)
    assert "No room left to save" in answer.text
    refused = running.caller.api("POST", "/clients", {"name": "No Room", "tags": [f"tag {n}" for n in range(30)]})
    assert refused.status in (201, 507)
    check_full(add_note(running, TRIES))
    check_full(upload(running))
    assert [running.caller.get(path).status for path in pages] == [200] * len(pages)
    assert running.caller.api("GET", "/clients").status == 200
    assert running.caller.probe("/health/live").status == 200
    assert running.caller.probe("/health/ready").status == 503
    check_whole(running, saved)
    (running.disk / "ballast").unlink()
    wait_until(lambda: add_note(running, TRIES).status == 302)
    check_whole(running, saved + 1)
    assert "ended (" not in running.log.read_text()


def upload(running):
    """A form too large for memory."""
    return running.caller.post(f"/clients/{running.client}/notes/", {"body": "x" * 2_000_000})


def check_whole(running, notes: int) -> None:
    """What was acknowledged is there, and the file is sound."""
    assert running.database.value("SELECT count(*) FROM clients_note WHERE body LIKE 'Filler %'") == notes
    assert running.database.column("PRAGMA integrity_check") == ["ok"]


def test_which_failures_count_as_a_full_disk():
    """Also from PostgreSQL, and whatever wrapped them."""

    class DiskFull(Exception):
        sqlstate = "53100"

    wrapped = RuntimeError("cannot write the file")
    wrapped.__cause__ = OSError(28, "No space left on device")
    assert trouble.status_of(wrapped) == trouble.status_of(DiskFull()) == 507
    assert trouble.status_of(ValueError("x")) == trouble.status_of(FileNotFoundError(2, "x")) == 500

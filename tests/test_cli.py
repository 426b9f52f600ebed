"""The console command: its grammar, the people it makes, and a real installation started by `run`."""

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth import authenticate

from frontdesk.accounts.signin.tokens import member_of_token
from frontdesk.config import cli
from frontdesk.config.commands import demo, member, token
from frontdesk.config.doctor import findings

STOPS_WITHIN = 5
CHILDREN = 4


def free_port() -> int:
    """A port that nothing uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("line", ["", "nothing", "member", "member create", "token create", "demo --clients many"])
def test_an_incomplete_command_explains_itself(line, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(line.split())
    assert stopped.value.code == 2 and "usage: frontdesk" in capsys.readouterr().err


def run(command, line: str) -> None:
    """Run one command with its parsed arguments."""
    command.run(cli.parser().parse_args(line.split()))


def test_a_created_member_signs_in_with_the_printed_password(cast, capsys):
    """P3"""
    run(member, f"member create --account {cast.account.pk} --name Zoe --role admin --email zoe@folio.example")
    password = capsys.readouterr().out.split()[-1]
    user = authenticate(None, username="zoe@folio.example", password=password)
    assert user is not None and user.must_change_password


def test_a_reset_member_signs_in_with_the_printed_password(cast, capsys):
    run(member, f"member reset {cast.sam.user.email}")
    password = capsys.readouterr().out.split()[-1]
    assert authenticate(None, email=cast.sam.user.email, password=password) == cast.sam.user


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("member create --name Zoe --email z@z.example", "several such accounts"),
        ("member create --account Nobody --name Zoe --email z@z.example", "No account is called Nobody"),
        ("member reset nobody@folio.example", "Nobody signs in as"),
        ("token create --account folio --email ana@folio.example", "No account is called folio"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(cast, capsys, line, said):
    with pytest.raises(SystemExit) as stopped:
        run({"member": member, "token": token}[line.split()[0]], line)
    assert stopped.value.code == 1 and said in capsys.readouterr().err


def test_a_taken_address_is_refused_by_field(cast, capsys):
    with pytest.raises(SystemExit):
        run(member, f"member create --account {cast.account.pk} --name Zoe --email {cast.sam.user.email}")
    assert capsys.readouterr().err.startswith("email: ")


def test_a_created_token_acts_as_its_member(cast, capsys):
    """A4"""
    run(token, f"token create --account {cast.account.pk} --email {cast.ana.user.email} --days 1")
    assert member_of_token(capsys.readouterr().out.strip()).pk == cast.ana.pk


def test_a_demo_business_is_made_and_says_how_to_sign_in(db, capsys):
    run(demo, "demo --clients 3 --seed 7")
    assert "password" in capsys.readouterr().out


def test_the_doctor_advises_on_every_part(db, settings, tmp_path):
    found = {finding.name: finding for finding in findings()}
    assert {"settings", "keys", "database", "migrations", "storage", "worker", "mail", "clock", "assets"} <= set(found)
    assert all(finding.ok or finding.advice for finding in found.values())


def test_the_doctor_notices_open_keys_and_a_wrong_mail_server(db, settings, tmp_path):
    keys = tmp_path / "keys"
    keys.mkdir(mode=0o755)
    (tmp_path / "files").mkdir()
    settings.DATA_DIR = tmp_path
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", free_port()
    found = {finding.name: finding for finding in findings()}
    assert "chmod" in found["keys"].advice and "FRONTDESK_MAIL" in found["mail"].advice


def get(port: int, path: str = "/") -> SimpleNamespace:
    """The answer to one GET."""
    connection = HTTPConnection("127.0.0.1", port, timeout=90)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return SimpleNamespace(status=answer.status, location=answer.headers.get("Location", ""), body=body)


def final(port: int, path: str = "/") -> SimpleNamespace:
    """The answer at the end of the redirects from a path, with that last `path`."""
    answer = get(port, path)
    while answer.status == 302:
        path = answer.location
        answer = get(port, path)
    answer.path = path
    return answer


def wait_for_page(port: int, process: subprocess.Popen, seconds: float = 90) -> SimpleNamespace:
    """Where the start page leads, once the server listens."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            return final(port)
        except ConnectionError:
            time.sleep(0.1)
    raise AssertionError(f"no answer; exit status {process.poll()}")


def children_of(pid: int) -> dict[int, str]:
    """The process ids of a process's children with their command lines."""
    listed = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True).stdout
    return {int(line.split()[0]): line for line in listed.splitlines() if "frontdesk" in line}


def wait_until(condition, seconds: float = 60):
    """The condition's first true value."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := condition():
            return value
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """A started installation on SQLite: its process, port and data directory."""
    data, port = tmp_path_factory.mktemp("data"), free_port()
    own = {"FRONTDESK_WORKERS": "2", "FRONTDESK_JOB_PROCESSES": "2"}
    environment = {**os.environ, "FRONTDESK_DATA": str(data), "PORT": str(port), **own}
    for name in ("FRONTDESK_DATABASE", "PROMETHEUS_MULTIPROC_DIR"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "frontdesk.config.cli", "run"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    yield SimpleNamespace(process=process, port=port, command=command, environment=environment)
    process.kill()
    process.wait()


@pytest.mark.slow
@pytest.mark.sqlite_only
class TestRun:
    """One installation, started once, in the order of its life."""

    def test_it_starts_from_nothing_and_says_where_it_is(self, installation):
        page = wait_for_page(installation.port, installation.process)
        assert page.status == 200 and page.path.startswith("/setup")
        assert "set up your business" in "".join(installation.process.stdout.readline() for _line in range(3))

    def test_it_becomes_ready_with_its_worker(self, installation):
        assert wait_until(lambda: get(installation.port, "/health/ready").status == 200)
        assert b"frontdesk_request_seconds" in get(installation.port, "/metrics").body

    def test_a_second_one_on_the_same_port_is_refused(self, installation):
        second = subprocess.run(installation.command, env=installation.environment, capture_output=True, text=True)
        assert second.returncode == 1 and "is in use" in second.stderr

    @pytest.mark.parametrize("kind", [" worker", " web "])
    def test_a_killed_process_is_started_again(self, installation, kind):
        children = wait_until(
            lambda: len(children_of(installation.process.pid)) == CHILDREN and children_of(installation.process.pid)
        )
        victim = next(pid for pid, line in children.items() if kind in line)
        os.kill(victim, signal.SIGKILL)
        wait_until(lambda: victim not in (now := children_of(installation.process.pid)) and len(now) == CHILDREN)
        assert get(installation.port, "/health/live").status == 200

    def test_it_stops_within_seconds_and_leaves_nothing(self, installation):
        children = children_of(installation.process.pid)
        started = time.monotonic()
        installation.process.terminate()
        assert installation.process.wait(timeout=30) == 0
        assert time.monotonic() - started < STOPS_WITHIN
        assert not any(Path(f"/proc/{pid}").exists() for pid in children)

    def test_children_follow_a_supervisor_that_is_killed(self, installation):
        process = subprocess.Popen(
            installation.command, env=installation.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_for_page(installation.port, process)
        children = wait_until(lambda: children_of(process.pid))
        process.kill()
        process.wait()
        wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children), seconds=15)

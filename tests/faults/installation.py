"""Installations of their own for these tests: a data directory, a database, processes that may be killed."""

import contextlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import uuid
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode, urlsplit

import psycopg

ROOT = Path(__file__).parents[2]
SERVER = os.environ.get("FRONTDESK_TEST_DATABASE") or os.environ.get("FRONTDESK_DATABASE", "")
ON_POSTGRESQL = SERVER.startswith("postgres")
NO_ANSWER = (OSError, HTTPException)


class Hatchery:
    """The process that web processes and workers are forked from."""

    def __init__(self, data: Path, database: str, **options):
        self.listener = socket.socket()
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen(1024)
        self.port = self.listener.getsockname()[1]
        environment = {
            **os.environ, "FRONTDESK_DATA": str(data), "FRONTDESK_DATABASE": database, "PORT": str(self.port),
            "FRONTDESK_API_REQUESTS_PER_MINUTE": "1000000", "FRONTDESK_WEBHOOKS_LOCAL": "yes",
        }  # fmt: skip
        environment.pop("PROMETHEUS_MULTIPROC_DIR", None)
        self.log = data / "log"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.hatchery", str(self.listener.fileno()), json.dumps(options)],
            cwd=ROOT, env=environment, pass_fds=[self.listener.fileno()], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log.open("a"),
        )  # fmt: skip
        self.groups: set[int] = set()
        assert self.process.stdout.readline().startswith("ready"), self.log.read_text()[-3000:]

    def ask(self, command: str) -> str:
        """One command; its answer."""
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def start(self, command: str) -> int:
        """Start processes; the id of their group."""
        group = int(self.ask(command))
        self.groups.add(group)
        return group

    def kill(self, group: int) -> None:
        """SIGKILL to a whole group."""
        self.groups.discard(group)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)

    def close(self) -> None:
        """End everything that was started."""
        for group in list(self.groups):
            self.kill(group)
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()
        self.listener.close()


def _for_psycopg(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


class Database:
    """Looks at an installation's database past Frontdesk, with the database's own driver."""

    def __init__(self, url: str):
        self.url = url
        self.path = url.removeprefix("sqlite:///") if url.startswith("sqlite") else ""

    def rows(self, sql: str, *params) -> list[tuple]:
        """The rows of one statement, written with `?` for its parameters."""
        if self.path:
            with contextlib.closing(sqlite3.connect(self.path, timeout=20)) as connection:
                return connection.execute(sql, params).fetchall()
        with psycopg.connect(self.url) as connection:
            return connection.execute(_for_psycopg(sql), params).fetchall()

    def write(self, sql: str, *params) -> None:
        """One statement that changes rows."""
        if self.path:
            with contextlib.closing(sqlite3.connect(self.path, timeout=20)) as connection, connection:
                connection.execute(sql, params)
        else:
            with psycopg.connect(self.url) as connection:
                connection.execute(_for_psycopg(sql), params)

    def write_many(self, sql: str, rows: list[tuple]) -> None:
        """The same statement for many rows, at once."""
        if self.path:
            with contextlib.closing(sqlite3.connect(self.path, timeout=20)) as connection, connection:
                connection.executemany(sql, rows)
        else:
            with psycopg.connect(self.url) as connection, connection.cursor() as cursor:
                cursor.executemany(_for_psycopg(sql), rows)

    def value(self, sql: str, *params):
        """The one value that a statement gives."""
        return self.rows(sql, *params)[0][0]

    def column(self, sql: str, *params) -> list:
        """The first value of every row, ids as their 32 digits."""
        return [value.hex if isinstance(value, uuid.UUID) else value for value, *_rest in self.rows(sql, *params)]


def _on_server(statement: str) -> None:
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(statement)


def new_database(data: Path, template: str = "") -> str:
    """The address of a new database; a copy of `template` when it is given."""
    if not ON_POSTGRESQL:
        return f"sqlite:///{data / 'frontdesk.sqlite3'}"
    name = f"faults_{uuid.uuid4().hex}"
    _on_server(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    return urlsplit(SERVER)._replace(path=f"/{name}").geturl()


def drop_database(url: str) -> None:
    """Remove a database; files go with their directory. The server's own cleaning is waited for: it cannot be ended."""
    if not url.startswith("postgres"):
        return
    for _try in range(20):
        try:
            return _on_server(f"DROP DATABASE IF EXISTS {urlsplit(url).path.lstrip('/')} WITH (FORCE)")
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(0.5)
    raise AssertionError(f"{url} is still in use")


def make_template(data: Path) -> SimpleNamespace:
    """A prepared installation to copy: its data directory, database and credentials."""
    database = new_database(data)
    hatchery = Hatchery(data, database)
    credentials = json.loads(hatchery.ask("prepare") or "null")
    hatchery.close()
    assert credentials, hatchery.log.read_text()[-3000:]
    return SimpleNamespace(data=data, database=database, credentials=credentials)


def _by_way_of(url: str, port: int) -> str:
    """The same database behind another port of this machine; 0 changes nothing."""
    parts = urlsplit(url)
    return parts._replace(netloc=f"{parts.username}:{parts.password}@127.0.0.1:{port}").geturl() if port else url


class Installation:
    """A copy of the template with its processes; requests carry the credentials of its admin, Ana, unless they are
    somebody else's."""

    def __init__(self, template: SimpleNamespace, data: Path, *, through: int = 0, **options):
        shutil.copytree(template.data, data, dirs_exist_ok=True)
        self.data = data
        self.database_url = new_database(data, urlsplit(template.database).path.lstrip("/") if ON_POSTGRESQL else "")
        self.database = Database(self.database_url)
        self.options = options
        self.__dict__.update(template.credentials)
        warm = {"session": self.session, "token": self.token}
        self.hatchery = Hatchery(data, _by_way_of(self.database_url, through), warm=warm, **options)
        self.port = self.hatchery.port

    def close(self) -> None:
        """End its processes and remove its database."""
        self.hatchery.close()
        drop_database(self.database_url)

    def caller(self, timeout: float = 30, name: str = "ana") -> "Caller":
        """Somebody of the team who makes requests."""
        return Caller(self, timeout, name)

    def start_web(self, count: int = 1) -> int:
        """Start web processes; returns their group when they answer."""
        group = self.hatchery.start(f"web {count}")
        wait_until(lambda: self.caller(5).get("/health/live").status == 200)
        return group


class Caller:
    """Makes requests by session or by token; connections stay open until one fails."""

    def __init__(self, installation, timeout: float, name: str = "ana"):
        self.installation, self.timeout = installation, timeout
        self.session, self.token = installation.sessions[name], installation.tokens[name]
        self.connection: HTTPConnection | None = None
        self.csrf = "x" * 32

    def _send(self, method: str, path: str, body, headers: dict) -> SimpleNamespace:
        if self.connection is None:
            self.connection = HTTPConnection("127.0.0.1", self.installation.port, timeout=self.timeout)
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            content = answer.read()
        except NO_ANSWER:
            self.connection.close()
            self.connection = None
            raise
        return SimpleNamespace(
            status=answer.status, headers=answer.headers, body=content, text=content.decode(errors="replace")
        )

    def _cookies(self, language: str) -> str:
        said = f"frontdesk_session={self.session}; frontdesk_csrf={self.csrf}"
        return said + (f"; frontdesk_language={language}" if language else "")

    def get(self, path: str, language: str = "") -> SimpleNamespace:
        """A page."""
        return self._send("GET", path, None, {"Cookie": self._cookies(language)})

    def probe(self, path: str) -> SimpleNamespace:
        """A page as a stranger sees it, such as a monitor."""
        return self._send("GET", path, None, {})

    def post(self, path: str, fields: dict) -> SimpleNamespace:
        """A form."""
        body = urlencode({**fields, "csrfmiddlewaretoken": self.csrf}, doseq=True)
        headers = {"Cookie": self._cookies(""), "Content-Type": "application/x-www-form-urlencoded"}
        return self._send("POST", path, body, headers)

    def api(self, method: str, path: str, data=None, key: str = "") -> SimpleNamespace:
        """An operation, with an idempotency key where given."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        body = None if data is None else json.dumps(data)
        return self._send(method, "/api/v1" + path, body, headers)


def wait_until(condition, seconds: float = 60):
    """The condition's first true value; connections that fail count as not yet."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(*NO_ANSWER):
            if value := condition():
                return value
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")

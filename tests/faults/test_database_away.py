"""The database is busy for too long, or away: visitors are told to come back, and nothing needs a restart."""

import contextlib
import fcntl
import selectors
import socket
import sqlite3
import threading
from urllib.parse import urlsplit

import psycopg
import pytest

from .installation import ON_POSTGRESQL, SERVER, drop_database, wait_until
from .savers import NO_POINTS
from .work import queue, unfinished

pytestmark = [pytest.mark.faults, pytest.mark.slow]
only_sqlite = pytest.mark.skipif(ON_POSTGRESQL, reason="about the file database")
only_postgresql = pytest.mark.skipif(not ON_POSTGRESQL, reason="needs PostgreSQL")
LOCK_SECONDS = 0.5


def add(caller, name: str):
    """Try to add a client by form."""
    return caller.post("/clients/new/", {"name": name, "kind": "person", "status": "active", **NO_POINTS})


def check_away(answer) -> None:
    """It says that it is away and when to come back, as a page."""
    assert answer.status == 503 and int(answer.headers["Retry-After"]) > 0
    assert "Error 503" in answer.text and "Traceback" not in answer.text


def check_away_operation(answer) -> None:
    """The same, as a problem."""
    assert answer.status == 503 and int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Content-Type"] == "application/problem+json"


@contextlib.contextmanager
def locked_by_sqlite(path: str):
    """Another program writes and does not end."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


@contextlib.contextmanager
def locked_by_a_process(path: str):
    """A process of ours hangs while it holds its place in the queue of writers."""
    with open(path + ".write-lock") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@only_sqlite
@pytest.mark.parametrize("lock", [locked_by_sqlite, locked_by_a_process])
def test_a_database_locked_for_too_long(install, lock):
    installation = install(lock_seconds=LOCK_SECONDS)
    installation.start_web()
    caller = installation.caller()
    with lock(installation.database.path):
        check_away(add(caller, "While Locked"))
        check_away_operation(caller.api("POST", "/clients", {"name": "While Locked"}, key="locked"))
        assert caller.get("/clients/").status == 200
        assert caller.api("GET", "/clients").status == 200
    assert add(caller, "Afterwards").status == 302
    assert caller.api("POST", "/clients", {"name": "Afterwards too"}, key="locked").status == 201
    names = installation.database.column("SELECT name FROM clients_client")
    assert "While Locked" not in names and {"Afterwards", "Afterwards too"} <= set(names)


class Cable:
    """A relay on loopback between Frontdesk and its database server that can be cut."""

    def __init__(self, host: str, port: int):
        self.target = (host, port)
        self.ends: list[socket.socket] = []
        self.listener: socket.socket | None = None
        self.port = 0

    def plug_in(self) -> None:
        """Take connections, on the same port each time."""
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", self.port))
        self.listener.listen()
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def cut(self) -> None:
        """Refuse new connections and break the open ones."""
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        while self.ends:
            with contextlib.suppress(OSError):
                self.ends.pop().shutdown(socket.SHUT_RDWR)

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _address = listener.accept()
                far = socket.create_connection(self.target)
                self.ends += [near, far]
                threading.Thread(target=self._relay, args=(near, far), daemon=True).start()

    def _relay(self, near: socket.socket, far: socket.socket) -> None:
        other = {near: far, far: near}
        with near, far, selectors.DefaultSelector() as ready, contextlib.suppress(OSError):
            for end in other:
                ready.register(end, selectors.EVENT_READ)
            while True:
                for key, _events in ready.select():
                    if not (sent := key.fileobj.recv(65536)):
                        return
                    other[key.fileobj].sendall(sent)


@only_postgresql
def test_a_database_server_that_goes_away_and_comes_back(install):
    address = urlsplit(SERVER)
    cable = Cable(address.hostname, address.port)
    cable.plug_in()
    installation = install(through=cable.port)
    installation.start_web()
    installation.hatchery.start("worker")
    caller = installation.caller()
    assert caller.get("/clients/").status == 200
    cable.cut()
    check_away(caller.get("/clients/"))
    check_away(add(caller, "While Away"))
    check_away_operation(caller.api("POST", "/clients", {"name": "While Away"}, key="away"))
    assert caller.probe("/health/live").status == 200
    assert caller.probe("/health/ready").status == 503
    queue(installation, "faults.write", {"client_id": installation.client, "body": "Written afterwards"})
    cable.plug_in()
    wait_until(lambda: caller.get("/clients/").status == 200)
    wait_until(lambda: not unfinished(installation))
    assert caller.api("POST", "/clients", {"name": "Afterwards"}, key="away").status == 201
    assert add(caller, "Afterwards too").status == 302
    cable.cut()


@only_postgresql
def test_a_database_server_that_ends_every_connection(install):
    installation = install()
    installation.start_web()
    caller = installation.caller()
    assert caller.get("/clients/").status == 200
    name = urlsplit(installation.database_url).path.lstrip("/")
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
    assert caller.get("/clients/").status == 200


@only_postgresql
def test_a_database_that_is_gone(install):
    installation = install()
    installation.start_web()
    drop_database(installation.database_url)
    check_away(installation.caller().get("/clients/"))

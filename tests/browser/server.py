"""The real ASGI application on a real socket, in a thread beside the tests."""

import fcntl
import importlib
import socket
import threading
import time

import uvicorn
from django.conf import settings
from django.db import connections
from django.db.backends.signals import connection_created

from frontdesk.config.commands.migrate import collect_static

from .. import guard

STOP_SECONDS = 5


class Server:
    """`url` answers until `stop()`; every statement of its threads passes the SQL guard."""

    def __init__(self):
        self._connections: list = []
        connection_created.connect(self._guard)
        _collect_static_files()
        bound = socket.socket()
        bound.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{bound.getsockname()[1]}"
        config = uvicorn.Config(
            _application(), lifespan="off", ws="none", log_config=None, access_log=False, timeout_graceful_shutdown=1
        )
        self._uvicorn = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._uvicorn.run, kwargs={"sockets": [bound]}, daemon=True)
        self._thread.start()
        while not self._uvicorn.started:
            time.sleep(0.01)

    def _guard(self, connection, **_given) -> None:
        if threading.current_thread() is threading.main_thread() or connection in self._connections:
            return
        self._connections.append(connection)
        connection.execute_wrappers.append(guard.check)

    def stop(self) -> None:
        """End the server and the connections of its threads, so that the database can be dropped."""
        self._uvicorn.should_exit = True
        self._thread.join(STOP_SECONDS)
        connection_created.disconnect(self._guard)
        for connection in self._connections:
            connection.inc_thread_sharing()
            connection.close()


def _collect_static_files() -> None:
    """Several test processes share the folder: the first one fills it, the others find it filled."""
    with (settings.DATA_DIR / "static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        collect_static()


def _application():
    """Made anew, because what serves static files reads their directory once, at start."""
    from frontdesk.config import asgi, wsgi

    importlib.reload(wsgi)
    return importlib.reload(asgi).application


def require_shared_database() -> None:
    """The server's threads must see what the tests write: fails where each connection has its own database."""
    if connections["default"].is_in_memory_db() if connections["default"].vendor == "sqlite" else False:
        raise RuntimeError("These tests need a database file: run them alone, as `make test-browser` does.")

"""Asks the application inside this process, through its WSGI interface."""

import sys
from contextlib import ExitStack
from io import BytesIO

from django.db import connection

from frontdesk.config.wsgi import application

from .client import Failed, Request

_BESIDE = {"Content-Type": "CONTENT_TYPE", "Content-Length": "CONTENT_LENGTH"}


def _environ(request: Request) -> dict:
    path, _, query = request.path.partition("?")
    environ = {
        "REQUEST_METHOD": request.method, "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost",
        "CONTENT_LENGTH": str(len(request.body)), "wsgi.version": (1, 0), "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(request.body), "wsgi.errors": sys.stderr, "wsgi.multithread": True,
        "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
    for name, value in request.headers.items():
        environ[_BESIDE.get(name) or "HTTP_" + name.upper().replace("-", "_")] = value
    return environ


def status_of(request: Request) -> int:
    """The status of the complete answer."""
    said: list[str] = []
    answer = application(_environ(request), lambda status, _headers, _error=None: said.append(status))
    try:
        for _part in answer:
            pass
    finally:
        answer.close()
    return int(said[0][:3])


def ask(request: Request) -> None:
    """Have a request answered; raises Failed for an error."""
    status = status_of(request)
    if status >= 400:
        raise Failed(f"{request.method} {request.path}: {status}")


class Statements:
    """Collects (SQL, parameters) of every statement that requests run."""

    def __init__(self):
        self.seen: list[tuple[str, tuple]] = []

    def __enter__(self) -> "Statements":
        self._held = ExitStack()
        self._held.enter_context(connection.execute_wrapper(self._note))
        return self

    def __exit__(self, *exception) -> None:
        self._held.close()

    def _note(self, execute, sql, params, many, context):
        self.seen.append((sql, params))
        return execute(sql, params, many, context)

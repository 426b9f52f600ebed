"""Turns an ASGI scope into a WSGI environ."""

import sys

from frontdesk.core.observability import REFUSED

from .body import Body
from .files import FileBlocks

_SPECIAL = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}
_KNOWN_LIMIT = 512
_known: dict[bytes, str] = dict(_SPECIAL)


def _key(name: bytes) -> str:
    """The environ's key; empty for a name with an underscore, which would pass for one with a dash."""
    key = "" if b"_" in name else "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
    if len(_known) < _KNOWN_LIMIT:
        _known[name] = key
    return key


def _add_headers(environ: dict, headers: list[tuple[bytes, bytes]]) -> None:
    for name, value in headers:
        key = _known.get(name)
        if key is None:
            key = _key(name)
        if not key:
            continue
        text = value.decode("latin-1")
        if key in environ:
            text = environ[key] + ("; " if key == "HTTP_COOKIE" else ",") + text
        environ[key] = text


def make_environ(scope: dict, body: Body) -> dict:
    """The environ of one request (PEP 3333), its body ready to be read."""
    server = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": "HTTP/" + scope["http_version"],
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 80),
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body.file,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileBlocks,
    }
    _add_headers(environ, scope["headers"])
    environ["CONTENT_LENGTH"] = str(body.length)
    if body.refused:
        environ[REFUSED] = body.refused
    return environ

"""The sockets that web processes listen on."""

import errno
import socket

from .errors import StartFailed

BACKLOG = 1024


def _bound(host: str, port: int, shared: bool) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    made.bind((host, port))
    return made


def _explained(error: OSError, host: str, port: int) -> StartFailed:
    if error.errno == errno.EADDRINUSE:
        return StartFailed(f"Port {port} is in use. Stop what uses it, or choose another: PORT={port + 1}")
    if error.errno == errno.EACCES:
        return StartFailed(f"Port {port} is reserved for the system. Choose one above 1023: PORT=8000")
    return StartFailed(f"Cannot listen on {host}, port {port}: {error.strerror}")


def listen(host: str, port: int, count: int) -> list[socket.socket]:
    """`count` sockets on one port, over which the kernel spreads connections evenly.

    The first listens at once, so that early visitors wait instead of being refused; each other one from when its
    web process is up. The supervisor keeps all open, so that connections to a process that dies wait for its
    successor. Raises StartFailed when the port cannot be had.
    """
    try:
        # Sharing a port would also succeed beside another installation of the same user.
        _bound(host, port, shared=False).close()
        made = [_bound(host, port, shared=True) for _ in range(count)]
    except OSError as error:
        raise _explained(error, host, port) from error
    made[0].listen(BACKLOG)
    return made

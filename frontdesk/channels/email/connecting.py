"""Connections to mail servers: to public addresses, with a deadline for all of it."""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.conf import settings

from frontdesk.webhooks.sending.addresses import is_public

CONNECT_SECONDS = 10
STARTTLS, TLS, PLAIN = "starttls", "tls", "none"


class NotAllowed(OSError):
    """The host leads into a network that accounts may not reach."""


def checked_address(host: str, port: int, own: bool = False) -> str:
    """The address of a host; raises OSError. One that an account names must be public, the installation's `own` not."""
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except UnicodeError:
        raise OSError("no such host") from None
    local = own or settings.WEBHOOKS_LOCAL
    if not local and not all(is_public(ipaddress.ip_address(text.partition("%")[0])) for text in found):
        raise NotAllowed("private address")
    return found[0]


def connect(host: str, port: int, own: bool = False) -> socket.socket:
    """A connection to the address that was checked, whatever its name says by now."""
    return socket.create_connection((checked_address(host, port, own), port), CONNECT_SECONDS)


def tls_context() -> ssl.SSLContext:
    """TLS as it should be: the certificate must be the host's."""
    return ssl.create_default_context()


@contextmanager
def deadline(seconds: float, held: Callable[[], socket.socket | None]) -> Iterator[None]:
    """End the connection when the time is over, also with one who answers a byte at a time."""

    def end() -> None:
        sock = held()
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()

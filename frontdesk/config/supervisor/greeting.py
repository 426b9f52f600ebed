"""Says where Frontdesk is once it answers."""

import socket
import threading
import time

from frontdesk.config import env

PATIENCE_SECONDS = 60
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- compared with, not bound


def address(port: int) -> str:
    """What people type into the browser."""
    return env.text("FRONTDESK_URL", f"http://localhost:{port}").rstrip("/")


def _start_page(host: str, port: int) -> str:
    """The head of the answer to GET /; empty when there is none."""
    question = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    try:
        with socket.create_connection((EVERYWHERE.get(host, host), port), timeout=PATIENCE_SECONDS) as connection:
            connection.sendall(question)
            return connection.recv(4096).decode("latin-1").partition("\r\n\r\n")[0].lower()
    except OSError:
        return ""


def greet(host: str, port: int, done: threading.Event) -> None:
    """Wait for the first answer, then print the address; a new installation is told to set itself up."""
    head = _start_page(host, port)
    while not head:
        time.sleep(0.2)
        head = _start_page(host, port)
    done.set()
    if "\nlocation: /setup" in head:
        print(f"\n  Frontdesk is ready. Open {address(port)} to set up your business.\n", flush=True)
    else:
        print(f"\n  Frontdesk is running at {address(port)}\n", flush=True)

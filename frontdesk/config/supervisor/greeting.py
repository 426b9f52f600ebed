"""Says where Frontdesk is once it answers."""

import socket
import threading
import time

from frontdesk.config import env

PATIENCE_SECONDS = 60
MOST_REDIRECTS = 3
SETUP_PATH = "/setup"
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- compared with, not bound


def address(port: int) -> str:
    """What people type into the browser."""
    return env.text("FRONTDESK_URL", f"http://localhost:{port}").rstrip("/")


def _head(host: str, port: int, path: str) -> str:
    """The head of the answer to GET path, in lower case; empty when there is none."""
    question = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode("latin-1")
    try:
        with socket.create_connection((EVERYWHERE.get(host, host), port), timeout=PATIENCE_SECONDS) as connection:
            connection.sendall(question)
            return connection.recv(4096).decode("latin-1").partition("\r\n\r\n")[0].lower()
    except OSError:
        return ""


def _first_page(host: str, port: int) -> str:
    """The path at which a visitor of the start page ends; empty when nothing answers."""
    path = "/"
    for _redirect in range(MOST_REDIRECTS):
        head = _head(host, port, path)
        if not head:
            return ""
        target = head.partition("\nlocation: ")[2].partition("\r")[0]
        if not target.startswith("/"):
            break
        path = target
    return path


def greet(host: str, port: int, done: threading.Event) -> None:
    """Wait for the first answer, then print the address; a new installation is told to set itself up."""
    path = _first_page(host, port)
    while not path:
        time.sleep(0.2)
        path = _first_page(host, port)
    done.set()
    if path.startswith(SETUP_PATH):
        print(f"\n  Frontdesk is ready. Open {address(port)} to set up your business.\n", flush=True)
    else:
        print(f"\n  Frontdesk is running at {address(port)}\n", flush=True)

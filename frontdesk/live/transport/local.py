"""Messages within one machine: every process that listens has a datagram socket in the data directory."""

import contextlib
import errno
import os
import secrets
import socket
import threading
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

# What the kernel takes as the path of a socket is about this long.
LONGEST_PATH = 100
LARGEST = 128 * 1024
GONE = (errno.ECONNREFUSED, errno.ENOENT)


def folder() -> Path:
    """Where the sockets are; only the owner of the installation gets there."""
    path = settings.DATA_DIR / "run" / "live"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


class _Addresses:
    """Addresses of the sockets in a folder, also where its path is too long for one."""

    def __init__(self, path: Path):
        self.path = path
        long = len(os.fsencode(path)) + 20 > LONGEST_PATH
        self.handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY) if long else None

    def __getitem__(self, name: str) -> str:
        return f"/proc/self/fd/{self.handle}/{name}" if self.handle is not None else f"{self.path}/{name}"

    def close(self) -> None:
        """Needed no longer."""
        if self.handle is not None:
            os.close(self.handle)


class _Mouth:
    """Sends to all sockets of the folder; one a process."""

    def __init__(self, path: Path):
        self.path = path
        self.addresses = _Addresses(path)
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.setblocking(False)

    def send(self, message: bytes) -> None:
        """To every process that listens; one whose queue is full will look by itself."""
        for name in os.listdir(self.path):  # noqa: PTH208 -- names, and quickly
            try:
                self.socket.sendto(message, self.addresses[name])
            except OSError as error:
                if error.errno in GONE:
                    with contextlib.suppress(OSError):
                        os.unlink(self.path / name)


_mouths: dict[Path, _Mouth] = {}


def send(message: bytes) -> None:
    """Tell every process of this machine; raises OSError where the folder cannot be used."""
    path = folder()
    mouth = _mouths.get(path)
    if mouth is None:
        mouth = _mouths[path] = _Mouth(path)
    mouth.send(message)


class Ear:
    """Receives in a thread of its own until `close`."""

    def __init__(self, heard: Callable[[bytes], None]):
        self.path, self.name = folder(), f"{os.getpid()}-{secrets.token_hex(4)}"
        self.heard = heard
        self.addresses = _Addresses(self.path)
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.addresses[self.name])
        self.closed = False
        threading.Thread(target=self._listen, name="live-ear", daemon=True).start()

    def _listen(self) -> None:
        while not self.closed:
            try:
                message = self.socket.recv(LARGEST)
            except OSError:
                return
            if message:
                self.heard(message)

    def close(self) -> None:
        """Listen no longer."""
        self.closed = True
        with contextlib.suppress(OSError):
            # An empty message lets the thread see that it is over.
            self.socket.sendto(b"", self.addresses[self.name])
        with contextlib.suppress(OSError):
            os.unlink(self.path / self.name)
        self.addresses.close()

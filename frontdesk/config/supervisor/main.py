"""Starts, watches and stops the processes."""

import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from frontdesk.config import env

from .children import Child
from .errors import StartFailed
from .freshness import is_prepared, note_prepared
from .greeting import address, greet
from .sockets import listen

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
STOP_SECONDS = 4.5
FIRST_ALONE_SECONDS = 10
DEATHS_AT_START = 3


class Supervisor:
    """One installation's processes: those that answer, and those that work in the background."""

    def __init__(self):
        self.data = env.data_directory()
        self.port = env.number("PORT", 8000)
        self.host = env.text("FRONTDESK_LISTEN", "127.0.0.1")
        self.greeted = threading.Event()
        self.stopping = False
        self.children: list[Child] = []

    def run(self) -> int:
        """Start, watch, stop; the exit status. Raises StartFailed."""
        awake = self._catch_signals()
        sockets = listen(self.host, self.port, env.processes("FRONTDESK_WORKERS"))
        self._prepare()
        if not self.stopping:
            self._make_children(sockets)
            threading.Thread(target=greet, args=(self.host, self.port, self.greeted), daemon=True).start()
        try:
            while not self.stopping:
                self._tend()
                select.select([awake], [], [], 0.5)
                _drain(awake)
        finally:
            self._stop()
        return 0

    def _catch_signals(self) -> socket.socket:
        """Make every signal wake the loop; returns the socket that turns readable."""
        reader, writer = socket.socketpair()
        reader.setblocking(False)
        writer.setblocking(False)
        self._writer = writer
        signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in STOP_SIGNALS:
            signal.signal(number, self._on_stop)
        return reader

    def _on_stop(self, *_) -> None:
        self.stopping = True

    def _prepare(self) -> None:
        """Bring the database up to date, in a process of its own, unless nothing changed."""
        if is_prepared(self.data):
            return
        command = [sys.executable, "-m", "frontdesk.config.cli", "migrate", "--quiet"]
        if subprocess.run(command, stdin=subprocess.DEVNULL).returncode and not self.stopping:
            raise StartFailed("Frontdesk could not prepare its database. `frontdesk doctor` says what to do.")
        note_prepared(self.data)

    def _make_children(self, sockets: list[socket.socket]) -> None:
        # Only this process holds the writing end; it closes with it, however it ends.
        lifeline, self._held = os.pipe()
        environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(self._metrics_directory())}
        for one in sockets:
            command = ["web", "--socket", str(one.fileno())]
            self.children.append(Child(command, (one.fileno(),), lifeline, environment))
        for _number in range(env.processes("FRONTDESK_JOB_PROCESSES")):
            self.children.append(Child(["worker"], (), lifeline, environment))
        # The first page comes sooner when the first web process has the machine to itself.
        for child in self.children[1:]:
            child.start_at = time.monotonic() + FIRST_ALONE_SECONDS

    def _metrics_directory(self) -> Path:
        """An empty directory where the processes leave their counts."""
        path = self.data / "run" / "metrics"
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        return path

    def _forget_gauges(self, pid: int) -> None:
        """What an ended process said of itself, such as how many streams it has, holds no longer."""
        for path in (self.data / "run" / "metrics").glob(f"gauge_live*_{pid}.db"):
            path.unlink(missing_ok=True)

    def _tend(self) -> None:
        """Start what is due, report what died."""
        for child in self.children:
            pid = child.process.pid if child.process else 0
            status = child.check()
            if status is not None:
                self._forget_gauges(pid)
                print(f"{child.name} ended ({status}); starting it again", file=sys.stderr, flush=True)
                if child.quick_deaths >= DEATHS_AT_START and not self.greeted.is_set():
                    raise StartFailed(f"Frontdesk could not start ({address(self.port)}): see the messages above.")
            if child.due or (child.never_started and self.greeted.is_set()):
                child.start()

    def _stop(self) -> None:
        """End all children, kindly first."""
        for child in self.children:
            child.end()
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline and any(child.alive for child in self.children):
            time.sleep(0.02)
        for child in self.children:
            child.kill()


def _drain(reader: socket.socket) -> None:
    try:
        while reader.recv(4096):
            pass
    except BlockingIOError:
        return

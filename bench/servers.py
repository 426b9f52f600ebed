"""The two web processes that are measured: the application as it is run, and the floor, both with one worker."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from .client import Failed
from .store import ROOT

PATIENCE_SECONDS = 300


@dataclass
class Server:
    """A running web process."""

    pid: int
    port: int


def listening() -> socket.socket:
    """A socket on a free port."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(("127.0.0.1", 0))
    made.listen(1024)
    return made


def _application(descriptor: int) -> list[str]:
    return ["-m", "frontdesk.config.cli", "web", "--socket", str(descriptor)]


def _floor(descriptor: int) -> list[str]:
    return ["-m", "bench.floor", str(descriptor)]


@contextmanager
def _running(command, environment: dict[str, str], log: Path, bound: socket.socket | None = None) -> Iterator[Server]:
    with bound.dup() if bound else listening() as made, log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, *command(made.fileno())], cwd=ROOT, env=os.environ | environment,
            pass_fds=[made.fileno()], stdout=errors, stderr=errors,
        )  # fmt: skip
        try:
            yield Server(process.pid, made.getsockname()[1])
        except Failed:
            sys.stderr.write(log.read_text()[-4000:])
            raise
        finally:
            process.terminate()
            process.wait(PATIENCE_SECONDS)


@contextmanager
def application(data: Path, bound: socket.socket | None = None) -> Iterator[Server]:
    """The web process that `frontdesk run` starts, counting its requests as it does there; on a socket that outlives
    it where one is given."""
    metrics = data / "run" / "metrics"
    metrics.mkdir(parents=True, exist_ok=True)
    with _running(_application, {"PROMETHEUS_MULTIPROC_DIR": str(metrics)}, data / "application.log", bound) as server:
        yield server


@contextmanager
def floor(data: Path) -> Iterator[Server]:
    """The bare application under the same server."""
    with _running(_floor, {}, data / "floor.log") as server:
        yield server


@contextmanager
def installation(data: Path, workers: int) -> Iterator[Server]:
    """Everything that `frontdesk run` starts, once it answers, and may reach this machine; it writes `run.log`."""
    port = free_port()
    own = {"PORT": str(port), "FRONTDESK_WORKERS": str(workers), "FRONTDESK_WEBHOOKS_LOCAL": "yes"}
    environment = os.environ | own
    with (data / "run.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "frontdesk.config.cli", "run"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        try:
            first_answer(port)
            yield Server(process.pid, port)
        finally:
            process.terminate()
            process.wait(PATIENCE_SECONDS)


@contextmanager
def worker(data: Path) -> Iterator[int]:
    """The background process alone; its id."""
    with _process(["-m", "frontdesk.config.cli", "worker"], data / "worker.log") as process:
        yield process.pid


@contextmanager
def mail_server(data: Path) -> Iterator[int]:
    """A mail server that takes everything; its port."""
    with (
        listening() as bound,
        _process(["-m", "bench.mail.sink", str(bound.fileno())], data / "sink.log", [bound.fileno()]),
    ):
        yield bound.getsockname()[1]


@contextmanager
def _process(command: list[str], log: Path, descriptors: Sequence[int] = ()) -> Iterator[subprocess.Popen]:
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, stdout=said, stderr=said, pass_fds=descriptors
        )  # fmt: skip
        try:
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE_SECONDS)


def free_port() -> int:
    """A port that nothing listens on."""
    with listening() as made:
        return made.getsockname()[1]


def first_answer(port: int) -> None:
    """Wait until something answers on a port; raises TimeoutError."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as made:
            made.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            if made.recv(4096):
                return
        time.sleep(0.01)
    raise TimeoutError(f"nothing answers on port {port}")

"""Child processes that open files of strangers: they bound themselves and know nothing of the application.

The parent runs a module with a task on its standard input and hears its answer; the module calls `bound` before it
opens anything. It gets nothing of the server's environment, which holds keys and addresses. `run` starts one for a
single task; a `Helper` keeps one for many small ones, each with its own deadline.
"""

import resource
import select
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

_PACKAGE_ROOT = str(Path(__file__).resolve().parents[2])
_ENVIRONMENT = {"PYTHONPATH": _PACKAGE_ROOT, "PYTHONUTF8": "1", "LANG": "C.UTF-8"}


def run(module: str, task: bytes, folder: str, seconds: float) -> tuple[bytes, int]:
    """What the child said, and its exit status (negative: the signal that ended it); raises TimeoutExpired."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", module],
        input=task,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_ENVIRONMENT,
        cwd=folder,
        timeout=seconds,
        check=False,
    )
    return done.stdout, done.returncode


class Helper:
    """A child that does one task after another: a line of bytes on its input, a line of bytes for answer.

    One that dies or is late is ended and replaced for the next task; after `most` tasks a fresh one begins, so that
    nothing that a task leaves behind grows.
    """

    def __init__(self, module: str, most: int = 500):
        self._module = module
        self._most = most
        self._done = 0
        self._child: subprocess.Popen | None = None
        self._turn = threading.Lock()

    def ask(self, task: bytes, seconds: float) -> bytes:
        """The child's answer; b"" when it died or took longer than that."""
        with self._turn:
            child = self._running()
            try:
                child.stdin.write(task + b"\n")
                child.stdin.flush()
                answer = _line(child.stdout, time.monotonic() + seconds)
            except OSError:
                answer = b""
            self._done += 1
            if not answer or self._done >= self._most:
                self._end()
            return answer

    def close(self) -> None:
        """End the child."""
        with self._turn:
            self._end()

    def _running(self) -> subprocess.Popen:
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-m", self._module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_ENVIRONMENT,
                cwd="/",
                bufsize=0,
            )
        return self._child

    def _end(self) -> None:
        child, self._child, self._done = self._child, None, 0
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            with suppress(OSError):
                pipe.close()


_LONGEST_ANSWER = 32 * 1024 * 1024


def _line(output: Any, deadline: float) -> bytes:
    """What the child writes up to the end of its line; b"" when it ends, is late or says too much."""
    pieces: list[bytes] = []
    size = 0
    while (left := deadline - time.monotonic()) > 0 and size < _LONGEST_ANSWER:
        if not select.select([output], [], [], left)[0]:
            break
        piece = output.read(1 << 20)
        if not piece:
            break
        pieces.append(piece)
        size += len(piece)
        if piece.endswith(b"\n"):
            return b"".join(pieces)[:-1]
    return b""


def bound(memory_bytes: int, cpu_seconds: int, file_bytes: int) -> None:
    """In the child: bound its memory, its time, the files that it writes, and its traces."""
    bounds = {
        resource.RLIMIT_AS: (memory_bytes, memory_bytes),
        # The soft bound tells by its signal that time was the reason; the hard one only kills.
        resource.RLIMIT_CPU: (cpu_seconds, cpu_seconds + 5),
        resource.RLIMIT_FSIZE: (file_bytes, file_bytes),
        resource.RLIMIT_CORE: (0, 0),
    }
    for kind, limit in bounds.items():
        # Some systems lack a bound, or set a lower one already; the others still hold.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, limit)

"""What the web process holds at rest, and how soon a second start answers."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

from frontdesk.config.supervisor.freshness import note_prepared

from . import servers
from .client import Connection
from .jobs import Requests
from .report import Report

MOST_MEBIBYTES, MOST_SECONDS = 150, 5
REST_SECONDS, READS = 1, 20


def _mebibytes(pid: int) -> float:
    """Proportional set size."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1]) / 1024


def memory(report: Report, data: Path, requests: Requests) -> None:
    """The web process after it has answered every kind of read a few times."""
    with servers.application(data) as server:
        connection = Connection(server.port)
        for number in range(READS):
            for job in requests.reading():
                connection.expect(job.pages(number))
                connection.expect(job.api(number))
        connection.close()
        time.sleep(REST_SECONDS)
        report.add("memory.web", _mebibytes(server.pid), "MiB", 1, MOST_MEBIBYTES)


def _start() -> float:
    """Seconds from `frontdesk run` to its first page."""
    port = servers.free_port()
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "frontdesk.config.cli", "run"], cwd=servers.ROOT, env=os.environ | {"PORT": str(port)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        servers.first_answer(port)
        return time.perf_counter() - began
    finally:
        process.terminate()
        process.wait()


def cold_start(report: Report, data: Path) -> None:
    """A start with data that an earlier one prepared."""
    note_prepared(data)
    report.add("start.second", _start(), "s", 1, MOST_SECONDS)

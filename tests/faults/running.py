"""`frontdesk run` of an installation, as its operator starts it, that may be killed with everything it started."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

from .installation import ROOT, Installation, wait_until


def _parents() -> dict[int, int]:
    """Every process that has not ended, with its parent."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, parent = (process / "stat").read_text().rpartition(") ")[2].split()[:2]
            if state != "Z":
                found[int(process.name)] = int(parent)
    return found


def family(first: int) -> list[int]:
    """A process and all that descend from it, itself first."""
    parents, found = _parents(), [first]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


class Running:
    """Runs an installation on a port, to which the installation's callers turn from now on."""

    def __init__(self, installation: Installation, port: int):
        self.data = installation.data
        self.caller, installation.port = installation.caller(5), port
        self.environment = {
            **os.environ, "FRONTDESK_DATA": str(self.data), "FRONTDESK_DATABASE": installation.database_url,
            "PORT": str(port), "FRONTDESK_API_REQUESTS_PER_MINUTE": "1000000", "FRONTDESK_WORKERS": "2",
        }  # fmt: skip
        self.log = self.data / "run.log"

    def start(self) -> None:
        """Start it, and wait for its first answer."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "frontdesk.config.cli", "run"],
                cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        wait_until(lambda: self.caller.get("/health/live").status == 200)

    def _gone(self, processes: list[int]) -> None:
        self.process.wait(30)
        wait_until(lambda: not set(processes) & set(_parents()), 30)

    def kill(self, *, alone: bool = False) -> None:
        """SIGKILL to every process at once, as when the power fails, or to the parent alone, whose children follow."""
        processes = family(self.process.pid)
        for one in processes[: 1 if alone else None]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        self._gone(processes)

    def stop(self) -> None:
        """End it as an operator does."""
        if self.process.poll() is None:
            processes = family(self.process.pid)
            self.process.terminate()
            self._gone(processes)

"""A child process that is started again when it dies."""

import os
import signal
import subprocess
import sys
import time

from frontdesk.config.commands.lifeline import VARIABLE

STEADY_SECONDS = 10
LONGEST_PAUSE_SECONDS = 30


class Child:
    """One process of `frontdesk COMMAND`; `descriptors` stay open in it."""

    def __init__(self, command: list[str], descriptors: tuple[int, ...], lifeline: int, environment: dict[str, str]):
        self.command = command
        self.descriptors = (*descriptors, lifeline)
        self.environment = {**environment, VARIABLE: str(lifeline)}
        self.process: subprocess.Popen | None = None
        self.quick_deaths = 0
        self.start_at = 0.0
        self._started = 0.0

    @property
    def name(self) -> str:
        """What people call it."""
        return self.command[0]

    @property
    def never_started(self) -> bool:
        """Whether its first start is still to come."""
        return not self._started

    def start(self) -> None:
        """Start the process, in a group of its own so that Ctrl-C reaches only the supervisor."""
        self._started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "frontdesk.config.cli", *self.command],
            env=self.environment,
            pass_fds=self.descriptors,
            stdin=subprocess.DEVNULL,
            process_group=0,
        )

    def check(self) -> int | None:
        """Notice a death: its exit status, once, having planned the next start; None otherwise."""
        status = self.process.poll() if self.process else None
        if status is None:
            return None
        self.process = None
        steady = time.monotonic() - self._started > STEADY_SECONDS
        self.quick_deaths = 0 if steady else self.quick_deaths + 1
        pause = 0 if steady else min(2.0**self.quick_deaths / 4, LONGEST_PAUSE_SECONDS)
        self.start_at = time.monotonic() + pause
        return status

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        return self.process is not None and self.process.poll() is None

    @property
    def due(self) -> bool:
        """Whether it should be started now."""
        return self.process is None and time.monotonic() >= self.start_at

    def end(self) -> None:
        """Ask it to finish."""
        if self.process is not None:
            self.process.terminate()

    def kill(self) -> None:
        """End it and its own children at once."""
        if self.process is not None and self.alive:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

"""Installations of several processes: somebody who publishes, somebody who always comes back, and a Redis."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import redis

from ..faults.installation import Hatchery
from .follower import Follower

ROOT = Path(__file__).parents[2]
REDIS = shutil.which("redis-server")


def second_machine(installation, folder: Path, monkeypatch) -> Hatchery:
    """Another machine of an installation: a data directory of its own, with the same database and keys."""
    shutil.copytree(installation.data, folder, ignore=shutil.ignore_patterns("*.sqlite3*", "run"))
    monkeypatch.setenv("FRONTDESK_SECRET_KEY", (installation.data / "keys" / "secret").read_text().strip())
    return Hatchery(folder, installation.database_url)


class Publisher:
    """A process that publishes for the installation's account."""

    def __init__(self, installation):
        environment = {
            **os.environ, "FRONTDESK_DATA": str(installation.data), "FRONTDESK_DATABASE": installation.database_url,
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.live.publisher", installation.account],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout.readline() == "ready\n"

    def ask(self, **said):
        """One command and its answer."""
        self.process.stdin.write(json.dumps(said) + "\n")
        self.process.stdin.flush()
        while line := self.process.stdout.readline():
            # Log lines go to stdout as well.
            with contextlib.suppress(json.JSONDecodeError):
                return json.loads(line)
        raise AssertionError("the publisher ended")

    def publish(self, *numbers: int, topic: str = "team") -> None:
        """Events of the kind `told` with these numbers, in one transaction."""
        self.ask(publish=[[topic, "told", {"n": number}] for number in numbers])

    def close(self) -> None:
        """End it."""
        self.process.stdin.close()
        self.process.wait(20)


class Loyal:
    """Follows for ever: comes back after every end, from where it was, as a browser does; keeps events of a kind."""

    def __init__(self, url: str, follow: str, kind: str = "told", **headers: str):
        self.kind = kind
        self._came: list[dict] = []
        self.connects = 0
        self._stop = threading.Event()
        self._arguments = url, follow, headers
        self._current: Follower | None = None
        self._thread = threading.Thread(target=self._stay, daemon=True)
        self._thread.start()

    def _stay(self) -> None:
        url, follow, headers = self._arguments
        position = ""
        while not self._stop.is_set():
            try:
                with_position = {**headers, **({"Last_Event_ID": position} if position else {})}
                one = self._current = Follower(url, follow, **with_position)
                one.until(lambda one=one: one.ended or self._stop.is_set(), 600)
            except (OSError, AssertionError):
                self._stop.wait(0.1)
                continue
            self._came += one.of(self.kind)
            position = one.position or position
            self.connects += bool(one.position)
            self._stop.wait(0.1)

    @property
    def follows(self) -> bool:
        """Whether it has ever been told where it stands."""
        return self.connects > 0 or bool(self._current and self._current.position)

    @property
    def events(self) -> list[dict]:
        """What came so far."""
        current = self._current
        return self._came + (current.of(self.kind) if current and not current.ended else [])

    @property
    def seen(self) -> list[int]:
        """The numbers so far."""
        return [event["n"] for event in self.events]

    def stop(self) -> list[int]:
        """Go away; all numbers that came."""
        self._stop.set()
        if self._current:
            self._current.close()
        self._thread.join(10)
        return [event["n"] for event in self._came]


class Redis:
    """A Redis of a test's own, that can be stopped and started."""

    def __init__(self, folder: Path, port: int):
        self.folder, self.port = folder, port
        self.url = f"redis://127.0.0.1:{port}/0"
        self.start()

    def start(self) -> None:
        """Start it, empty."""
        command = [REDIS, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([*command, "--dir", str(self.folder)], stdout=subprocess.DEVNULL)
        for _try in range(200):
            with contextlib.suppress(redis.RedisError):
                if redis.Redis(port=self.port).ping():
                    return
            time.sleep(0.02)
        raise AssertionError("Redis did not start")

    def stop(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.wait(10)

    def freeze(self) -> None:
        """Let it take connections and answer nothing."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self.process.send_signal(signal.SIGCONT)

    def flush(self) -> None:
        """Forget everything in it and end every connection to it."""
        client = redis.Redis(port=self.port)
        client.flushall()
        client.client_kill_filter(_type="pubsub")

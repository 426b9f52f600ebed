"""People who keep writing messages while the server comes and goes, and remember what was acknowledged."""

import json
import threading
import time
import uuid
from dataclasses import dataclass, field

from .installation import NO_ANSWER, Installation
from .savers import REPLAYED

# Who writes, and whether in the room of the first client too, in which not everybody takes part.
WRITERS = {"ana": True, "sam": False, "cora": True}


@dataclass
class Said:
    """What was acknowledged, by text: the thread and the message's identifier."""

    posted: dict[str, tuple[str, str]] = field(default_factory=dict)
    retries: int = 0
    replays: int = 0
    answers: int = 0
    longest: float = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self):
        again = f"{self.retries} sent again, {self.replays} of them known to be there already"
        return f"{len(self.posted)} messages acknowledged, {again}, the longest answer {self.longest:.1f} s"


class Messenger(threading.Thread):
    """Writes in turn by page and by operation, and sends each with one key until it is acknowledged."""

    def __init__(self, installation: Installation, name: str, threads: list[str], said: Said, stop: threading.Event):
        super().__init__(daemon=True)
        self.caller, self.threads = installation.caller(20, name), threads
        self.said, self.stop = said, stop

    def run(self) -> None:
        """Until told to stop; what was begun is finished."""
        number = 0
        while not self.stop.is_set():
            number += 1
            thread, body, key = self.threads[number // 2 % len(self.threads)], uuid.uuid4().hex, str(uuid.uuid4())
            send = self.by_page if number % 2 else self.by_operation
            self.said.posted[body] = thread, self.insist(send, thread, body, key)

    def insist(self, send, thread: str, body: str, key: str) -> str:
        """The identifier of the message, once it is acknowledged."""
        while True:
            began = time.monotonic()
            try:
                found = send(thread, body, key)
            except NO_ANSWER:
                self.said.retries += 1
                time.sleep(0.02)
                continue
            self.said.answers += 1
            self.said.longest = max(self.said.longest, time.monotonic() - began)
            return found

    def _noted(self, answer, wanted: int) -> bool:
        if answer.status != wanted:
            self.said.wrong.append(f"{answer.status} {answer.text[:300]}")
        return answer.status == wanted

    def by_page(self, thread: str, body: str, key: str) -> str:
        """As the form does, whose key is its own."""
        answer = self.caller.post(f"/messages/{thread}/post/", {"body": body, "reply_to": "", "key": key})
        return answer.headers["Location"].partition("#m-")[2] if self._noted(answer, 302) else ""

    def by_operation(self, thread: str, body: str, key: str) -> str:
        """As a program does."""
        answer = self.caller.api("POST", f"/rooms/{thread}/messages", {"body": body}, key=key)
        self.said.replays += REPLAYED in answer.headers
        return json.loads(answer.body)["id"] if self._noted(answer, 201) else ""


def open_rooms(installation: Installation) -> tuple[str, str]:
    """The threads of a room of those who write, and of the first client's."""
    caller, members = installation.caller(), installation.members
    group = caller.api("POST", "/rooms", {"name": "Storm", "members": [members["sam"], members["cora"]]})
    own = caller.api("GET", f"/clients/{installation.client}/room")
    return json.loads(group.body)["id"], json.loads(own.body)["id"]


def start_messengers(
    installation: Installation, rooms: tuple[str, str]
) -> tuple[list[Messenger], Said, threading.Event]:
    """Let everybody begin to write; they share what they were told."""
    said, stop = Said(), threading.Event()
    made = [
        Messenger(installation, name, list(rooms if everywhere else rooms[:1]), said, stop)
        for name, everywhere in WRITERS.items()
    ]
    for one in made:
        one.start()
    return made, said, stop

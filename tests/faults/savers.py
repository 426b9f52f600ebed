"""People who keep saving while servers are killed, and remember what they were told was saved."""

import threading
import time
import uuid
from dataclasses import dataclass, field

from .installation import NO_ANSWER, Caller, Installation

NO_POINTS = {f"{kind}-{count}_FORMS": 0 for kind in ("emails", "phones") for count in ("TOTAL", "INITIAL")}
REPLAYED = "Idempotent-Replayed"


@dataclass
class Told:
    """What was asked for and what was acknowledged, by name or text."""

    saved: set[str] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    retries: int = 0
    replays: int = 0
    answers: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self):
        sure = (
            f"{len(self.saved)} clients and {len(self.notes)} notes saved, {len(self.unsure)} forms without an answer"
        )
        return f"{sure}, {self.retries} retries, {self.replays} of them of what was saved already"


class Saver(threading.Thread):
    """Adds clients by operation and by form, and notes, as fast as it is answered."""

    def __init__(self, installation: Installation, told: Told, stop: threading.Event):
        super().__init__(daemon=True)
        self.installation, self.told, self.stop = installation, told, stop
        self.caller: Caller = installation.caller(timeout=20)

    def run(self) -> None:
        """Until told to stop; what was begun is finished."""
        number = 0
        while not self.stop.is_set():
            number += 1
            if number % 3 == 0:
                self.client_by_form(f"Form {uuid.uuid4().hex}")
            elif number % 3 == 1:
                self.client_by_operation(f"Call {uuid.uuid4().hex}")
            else:
                self.note(f"Note {uuid.uuid4().hex}")

    def insist(self, path: str, data: dict) -> None:
        """Send an operation again and again with one key, until it is acknowledged."""
        key = uuid.uuid4().hex
        while True:
            try:
                answer = self.caller.api("POST", path, data, key=key)
            except NO_ANSWER:
                self.told.retries += 1
                time.sleep(0.02)
                continue
            self.told.answers += 1
            self.told.replays += REPLAYED in answer.headers
            if answer.status != 201:
                self.told.wrong.append(f"{path}: {answer.status} {answer.text[:300]}")
            return

    def client_by_operation(self, name: str) -> None:
        """A client with an address to index."""
        mail = f"{name.split()[1]}@example.com"
        self.insist("/clients", {"name": name, "contact": {"name": name, "emails": [{"value": mail}]}})
        self.told.saved.add(name)

    def note(self, body: str) -> None:
        """A note on the cast's first client."""
        self.insist(f"/clients/{self.installation.client}/notes", {"body": body})
        self.told.notes.add(body)

    def client_by_form(self, name: str) -> None:
        """A form carries no key: without an answer nobody knows."""
        try:
            answer = self.caller.post(
                "/clients/new/", {"name": name, "kind": "person", "status": "active", **NO_POINTS}
            )
        except NO_ANSWER:
            self.told.unsure.add(name)
            time.sleep(0.02)
            return
        self.told.answers += 1
        if answer.status == 302:
            self.told.saved.add(name)
        else:
            self.told.wrong.append(f"form: {answer.status} {answer.text[:300]}")


def start_savers(installation: Installation, count: int) -> tuple[list[Saver], Told, threading.Event]:
    """Start `count` savers; they share what they were told."""
    told, stop = Told(), threading.Event()
    savers = [Saver(installation, told, stop) for _number in range(count)]
    for saver in savers:
        saver.start()
    return savers, told, stop

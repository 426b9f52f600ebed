"""Who is there, in all processes of the installation: each tells the others whose streams it has.

A process says for each account which members of the team and of the portal are there, and who of them follows which of
the topics that somebody of the portal follows: that is how people of the portal and of the team see each other. What
is said holds for a while and is said again before; nothing is written down.
"""

import secrets
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from .. import transport

SAID_EVERY = 10.0
HOLDS = 25.0
ANSWER_SECONDS = 0.3
OWN_NAME = secrets.token_hex(6)


@dataclass
class Presence:
    """Ids of members of one account: of the team, of the portal, and by topic."""

    team: set[str] = field(default_factory=set)
    portal: set[str] = field(default_factory=set)
    topics: dict[str, set[str]] = field(default_factory=dict)

    def add(self, other: "Presence") -> None:
        """Those of another process as well."""
        self.team |= other.team
        self.portal |= other.portal
        for topic, members in other.topics.items():
            self.topics.setdefault(topic, set()).update(members)

    def seen_in(self, topics: frozenset[str]) -> set[str]:
        """Whom somebody sees who follows these topics."""
        seen = set(self.team) if "team" in topics else set()
        for topic in self.topics.keys() & topics:
            seen |= self.topics[topic]
        return seen

    def topics_of_portal(self) -> set[str]:
        """The topics that somebody of the portal follows."""
        return {topic for topic, members in self.topics.items() if members & self.portal}

    def plain(self) -> dict:
        """As it is sent."""
        return {
            "team": sorted(self.team), "portal": sorted(self.portal),
            "topics": {topic: sorted(members) for topic, members in self.topics.items()},
        }  # fmt: skip


class Board:
    """What the processes said last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._said: dict[tuple[str, str], tuple[float, Presence]] = {}
        self.changes = 0

    def note(self, message: dict) -> None:
        """One process' word about one account."""
        known = message["present"]
        topics = {topic: set(members) for topic, members in known["topics"].items()}
        presence = Presence(set(known["team"]), set(known["portal"]), topics)
        with self._lock:
            key = message["from"], message["account"]
            changed = key not in self._said or self._said[key][1] != presence
            self._said[key] = time.monotonic() + HOLDS, presence
            self.changes += changed

    def forget_old(self) -> None:
        """Leave out what processes said that say nothing any more."""
        now = time.monotonic()
        with self._lock:
            kept = {key: said for key, said in self._said.items() if said[0] > now}
            self.changes += len(kept) < len(self._said)
            self._said = kept

    def by_account(self) -> dict[str, Presence]:
        """Who is there."""
        found: dict[str, Presence] = defaultdict(Presence)
        now = time.monotonic()
        with self._lock:
            for (_process, account), (until, presence) in self._said.items():
                if until > now:
                    found[account].add(presence)
        return found


board = Board()
_watching = threading.Lock()
_watchers: list = []


def note_own(account: str, presence: Presence) -> dict:
    """Put on the board what this process has to say; returns it for `tell`."""
    message = {"from": OWN_NAME, "account": account, "present": presence.plain()}
    board.note(message)
    return message


def tell(messages: list[dict]) -> None:
    """Tell the other processes; may wait for a server, so not on the event loop."""
    for message in messages:
        transport.send("beat", **message)


def hear(message: dict) -> None:
    """Another process said who is there."""
    if message["from"] != OWN_NAME:
        board.note(message)


def watched() -> None:
    """Some hub of this process feeds the board."""
    _watchers.append(None)


def _heard(message: dict) -> None:
    if message["kind"] == "beat":
        hear(message)


def present(account_id: UUID) -> set[UUID]:
    """The members of an account with an open visible page, in whichever process of the installation.

    Where no hub runs, such as in the background worker, the first call begins to listen and waits a moment.
    """
    with _watching:
        if not _watchers:
            _watchers.append(transport.listen(_heard))
            transport.send("ask")
            time.sleep(ANSWER_SECONDS)
    found = board.by_account()[str(account_id)]
    return {UUID(member) for member in found.team | found.portal}

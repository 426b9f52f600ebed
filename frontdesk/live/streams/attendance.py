"""The presence of those whose streams a hub has, told to the others and shown to those who see them."""

import time
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from . import rendering
from .board import SAID_EVERY, Presence, board, note_own
from .stream import Person, Stream

# Going from page to page is no leaving.
GRACE_SECONDS = 5.0
MOST_TOPICS = 100


class Attendance:
    """Kept by one hub, on its event loop."""

    def __init__(self) -> None:
        self._left: dict[tuple[UUID, str, bool], float] = {}
        self._said: dict[str, dict] = {}
        self._said_at = 0.0
        self._shown_changes = -1

    def left(self, person: Person) -> None:
        """Somebody's last stream ended."""
        if _counts(person):
            key = person.actor.account_id, str(person.actor.id), person.actor.is_portal
            self._left[key] = time.monotonic() + GRACE_SECONDS

    def say_again(self) -> None:
        """Say at the next turn who is there, changed or not."""
        self._said_at = 0.0

    def turn(self, people: Iterable[Person]) -> list[dict]:
        """Every second: what to tell the other processes, which is what changed, and everything now and then."""
        now, messages = time.monotonic(), []
        again = now - self._said_at > SAID_EVERY
        found = self._own(people, now)
        for account in self._said.keys() | found.keys():
            presence = found.get(account, Presence())
            if again or presence.plain() != self._said.get(account):
                messages.append(note_own(account, presence))
        self._said = {account: presence.plain() for account, presence in found.items()}
        self._said_at = now if again else self._said_at
        board.forget_old()
        return messages

    def _own(self, people: Iterable[Person], now: float) -> dict[str, Presence]:
        self._left = {key: until for key, until in self._left.items() if until > now}
        found: dict[str, Presence] = defaultdict(Presence)
        for account_id, member, is_portal in self._left:
            _place(found[str(account_id)], is_portal).add(member)
        counted = [person for person in people if _counts(person)]
        for person in counted:
            _place(found[str(person.actor.account_id)], person.actor.is_portal).add(str(person.actor.id))
        _add_topics(found, counted)
        return found

    def show(self, streams: Iterable[Stream]) -> None:
        """Tell streams who came and went since they were told last."""
        changed, self._shown_changes = self._shown_changes != board.changes, board.changes
        waiting = [stream for stream in streams if changed or stream.present is None]
        known, found = board.by_account() if waiting else {}, {}
        for stream in waiting:
            key = str(stream.reader.account_id), stream.topics
            if key not in found:
                found[key] = frozenset(known.get(key[0], Presence()).seen_in(stream.topics))
            seen = found[key]
            if seen == stream.present:
                continue
            topic = "team" if "team" in stream.topics else "presence"
            if stream.present is None:
                said: dict = {"all": True, "online": sorted(seen)}
            else:
                said = {"online": sorted(seen - stream.present), "offline": sorted(stream.present - seen)}
            stream.present = seen
            stream.offer(rendering.plain(topic, "presence", said))


def _counts(person: Person) -> bool:
    """A person who looks at pages themselves: neither a program nor somebody who looks through their eyes."""
    return person.credential.kind == "session" and person.actor.viewer is None


def _place(presence: Presence, is_portal: bool) -> set[str]:
    return presence.portal if is_portal else presence.team


def _keyed(person: Person) -> list[str]:
    topics = {topic for stream in person.streams for topic in stream.topics if ":" in topic}
    return sorted(topics - {f"me:{person.actor.id}"})


def _add_topics(found: dict[str, Presence], people: list[Person]) -> None:
    """Who follows what people of the portal follow, here or in another process."""
    wanted = {account: presence.topics_of_portal() for account, presence in board.by_account().items()}
    for person in people:
        if person.actor.is_portal:
            wanted.setdefault(str(person.actor.account_id), set()).update(_keyed(person)[:MOST_TOPICS])
    for person in people:
        account = str(person.actor.account_id)
        for topic in wanted.get(account, set()).intersection(_keyed(person)):
            found[account].topics.setdefault(topic, set()).add(str(person.actor.id))

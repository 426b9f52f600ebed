"""Who is connected to a process, and who follows which topic."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from .. import metrics
from ..cursor import Cursor
from .admission import Admission
from .credentials import Credential
from .stream import Person, Stream


class Roster:
    """Changed on the event loop only."""

    def __init__(self) -> None:
        self.streams: set[Stream] = set()
        self.people: dict[Credential, Person] = {}
        self._followers: dict[tuple[UUID, str], set[Stream]] = defaultdict(set)

    def add(self, admitted: Admission, start: Cursor) -> Stream:
        """A new stream of somebody who was let in."""
        person = self.people.get(admitted.credential)
        if person is None:
            person = Person(admitted.credential, admitted.actor, admitted.fingerprint)
            self.people[admitted.credential] = person
        stream = Stream(person, admitted.reader, admitted.names, start)
        person.streams.add(stream)
        self.streams.add(stream)
        self.change_topics(stream, admitted.topics)
        metrics.opened()
        return stream

    def remove(self, stream: Stream) -> bool:
        """Forget a stream; whether it was the last one of its person."""
        if stream not in self.streams:
            return False
        self.streams.discard(stream)
        self.change_topics(stream, frozenset())
        stream.person.streams.discard(stream)
        metrics.closed(dropped=stream.dropped)
        if stream.person.streams:
            return False
        return self.people.pop(stream.person.credential, None) is not None

    def change_topics(self, stream: Stream, topics: frozenset[str]) -> None:
        """Let a stream follow these topics and no others."""
        account_id = stream.reader.account_id
        for topic in stream.topics - topics:
            followers = self._followers[account_id, topic]
            followers.discard(stream)
            if not followers:
                del self._followers[account_id, topic]
        for topic in topics - stream.topics:
            self._followers[account_id, topic].add(stream)
        stream.topics = topics

    def followers(self, account_id: UUID, topic: str) -> Collection[Stream]:
        """The streams that follow a topic."""
        return self._followers.get((account_id, topic), ())

    def streams_of(self, member_id: UUID) -> int:
        """How many streams a member has, in all browsers."""
        return sum(len(person.streams) for person in self.people.values() if person.actor.id == member_id)

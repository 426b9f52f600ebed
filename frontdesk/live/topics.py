"""What can be followed: each domain registers its topics, and says by its own access who may follow which."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, NamedTuple
from uuid import UUID

from frontdesk.core.registry import Registry

NAME = re.compile(r"([a-z][a-z_.]*)(?::([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}))?")
# Events of this topic tell the hubs that rights changed; nobody follows it.
ACCESS = "access"


class Reader(NamedTuple):
    """For whom an event is rendered: all who are equal in this get the same. `format` is "html" or "json"."""

    account_id: UUID
    language: str
    zone: tzinfo
    format: str
    is_portal: bool


class Event(NamedTuple):
    """A stored event as it is rendered and sent; `key` is the id in its topic, None where the topic has none."""

    number: int
    account_id: UUID
    topic: str
    kind: str
    data: dict
    at: datetime

    @property
    def key(self) -> UUID | None:
        """The id in the topic."""
        found = split(self.topic)
        return found[1] if found else None


@dataclass(frozen=True)
class Topic:
    """A kind of topic: `name` alone, or `name:<uuid>` for each of many.

    `may_follow(actor, key)` is the domain's own access check, asked anew whenever rights change; `key` is None for the
    name alone. `render(event, reader)` gives what a reader gets besides the event's data, such as `{"html": …}`; None
    keeps the event from this reader. It is called once for all who are equal as readers, in the account, language and
    time zone of theirs. With `expand`, the name alone stands for the topics that it gives for an actor.
    """

    name: str
    may_follow: Callable[[Any, UUID | None], bool]
    render: Callable[[Event, Reader], dict | None] | None = None
    expand: Callable[[Any], set[str]] | None = None


topics: Registry[Topic] = Registry("live topic")


def register(topic: Topic) -> Topic:
    """Let a topic be followed."""
    return topics.register(topic.name, topic)


def split(text: str) -> tuple[str, UUID | None] | None:
    """The name and the id of a topic; None for a text that is no topic's."""
    found = NAME.fullmatch(text)
    if found is None:
        return None
    return found[1], UUID(found[2]) if found[2] else None


def topic_of(text: str) -> Topic | None:
    """The registered topic that a text names."""
    found = split(text)
    return topics.get(found[0]) if found else None

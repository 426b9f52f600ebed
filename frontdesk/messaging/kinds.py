"""What can have a thread: each kind says who sees it, who may write in it and what it is called.

The engine (messages, reactions, read marks, drafts, search, live updates) asks here and nowhere else.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from frontdesk.core.registry import Registry

from .models import Message, Thread


@dataclass(frozen=True)
class Standing:
    """How somebody stands to a thread they may see: `why_not` says in their language why they may not write, "" if
    they may; who `oversees` sees it without taking part, which is recorded."""

    why_not: str = ""
    oversees: bool = False

    @property
    def writes(self) -> bool:
        """Whether they may write."""
        return not self.why_not


@dataclass(frozen=True)
class Title:
    """What a thread is called for somebody: `key` chooses the colour of its avatar; `member_id` is the other person of
    a direct conversation; `icon` stands for things that are no person."""

    name: str
    key: str
    icon: str = ""
    text: str = ""
    member_id: UUID | None = None


@dataclass(frozen=True)
class Trace:
    """By what way a message came or went: `state` is "" or one of a delivery, `text` says more, such as why it failed;
    `href` leads those who hold the `right` to where something can be done about it. One that stays `inside` is the
    team's alone. Posting to `again` has what failed leave once more. `quoted` is what the message answers, as its
    writer's program put it below. `ours` is what the team wrote."""

    icon: str
    label: str
    state: str = ""
    text: str = ""
    href: str = ""
    right: str = ""
    inside: bool = False
    again: str = ""
    quoted: str = ""
    ours: bool = False


def _page_of_messages(actor) -> str:
    return "messaging:thread"


def _nothing(actor, thread: Thread, message: Message, details: dict) -> None:
    """Nothing else happens when a message is posted."""


def _never(message: Message) -> str:
    """Messages can be changed as long as one may write."""
    return ""


def _no_traces(messages: list[Message], in_portal: bool) -> dict[UUID, Trace]:
    """The messages of most kinds are nowhere but here."""
    return {}


@dataclass(frozen=True)
class ThreadKind:
    """One kind of thing that has a thread.

    `own(actor)` gives the threads in which an actor takes part, `standing(actor, thread)` None when they may not
    see one; `people(thread)` are the members who take part and may be mentioned, `told(thread)` the ids of those who
    are told of news; `titles(actor, threads)` names them, a fixed number of reads for all. `page(actor)` is the name
    of the address at which somebody reads a thread, by its id.

    `found(actor)` is an SQL condition on `m.thread_id`, with its parameters, for the threads that a search of the
    actor covers, None for no thread. `followed(actor)` are the threads of whose news an actor's pages are told all the
    time. `beside_rooms(actor, clients)` are those that stand among the rooms of a portal member to whom these clients
    are open, and count as unread there; `begin(clients)` makes those that are missing before they are listed.

    `posted(actor, thread, message, details)` is called in the transaction that posts a message and may refuse it by
    raising Invalid; `details` are what the kind's own form adds. `fixed(message)` says why a message cannot be changed
    any more, "" if it can. `traces(messages, in_portal)` says by what ways messages came and went.
    """

    key: str
    own: Callable[[Any], QuerySet[Thread]]
    standing: Callable[[Any, Thread], Standing | None]
    people: Callable[[Thread], QuerySet]
    told: Callable[[Thread], Iterable[UUID]]
    titles: Callable[[Any, list[Thread]], dict[UUID, Title]]
    found: Callable[[Any], tuple[str, list] | None]
    followed: Callable[[Any], QuerySet[Thread]]
    beside_rooms: Callable[[Any, list[UUID]], QuerySet[Thread]] | None = None
    begin: Callable[[list[UUID]], None] | None = None
    page: Callable[[Any], str] = _page_of_messages
    posted: Callable[[Any, Thread, Message, dict], None] = _nothing
    fixed: Callable[[Message], str] = _never
    traces: Callable[[list[Message], bool], dict[UUID, Trace]] = _no_traces


thread_kinds: Registry[ThreadKind] = Registry("kind of thread")

"""How messages leave and arrive: what a channel is, what it is given, what it answers.

A channel registers itself in `channels` at start-up; what has messages sent registers a `Cause`, what takes messages in
a receiver. This part knows clients, and neither threads nor conversations.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from frontdesk.core.registry import Registry

from .fields import Field
from .wording import said


@dataclass(frozen=True)
class Reach:
    """Where somebody can be reached: `address` is the normal form (lower-case e-mail, E.164), `shown` what people read.

    `name` is the contact's.
    """

    address: str
    shown: str
    name: str = ""
    contact_id: UUID | None = None
    primary: bool = False


@dataclass(frozen=True)
class OutFile:
    """A file that goes with a message; `open()` gives its content and needs no database."""

    name: str
    content_type: str
    size: int
    open: Callable[[], Any]


@dataclass(frozen=True)
class Outgoing:
    """One message as a channel's `send` gets it: all of it, rendered; no database is needed.

    `id` is the dispatch's, the key by which a provider may know the message again. `again` says that a former try may
    have reached the provider, `since` when the first one was; `taken` holds the provider's ids of what else went to the
    same address since then. What is `owed` goes however long it is (see `Cause`).
    """

    id: UUID
    account_id: UUID
    to: str
    to_name: str
    subject: str
    text: str
    html: str
    files: list[OutFile]
    headers: Mapping[str, str]
    again: bool
    since: datetime
    taken: frozenset[str] = frozenset()
    thread: UUID | None = None
    owed: bool = False


@dataclass(frozen=True)
class Sent:
    """The provider took it; `state` is "delivered" where that is known at once."""

    provider_id: str = ""
    state: str = "sent"
    segments: int = 0


class Refused(Exception):
    """A message is refused for good: a bad address, rejected content, somebody who opted out.

    `here` says that it was refused before the provider was asked, so that nothing is known of how the channel is.
    """

    def __init__(self, reason: str, detail: str = "", *, here: bool = False):
        super().__init__(reason, detail)
        self.reason, self.detail, self.here = reason, detail, here


class Postponed(Exception):
    """A message cannot go now; it is tried again.

    `whole` says that it is the whole channel that cannot (unreachable, too fast, wrong password), so that the others
    wait too. `uncertain` says that the provider may have taken the message all the same.
    """

    def __init__(
        self, reason: str, detail: str = "", after: timedelta | None = None, *,
        whole: bool = False, uncertain: bool = False,
    ):  # fmt: skip
        super().__init__(reason, detail)
        self.reason, self.detail, self.after, self.whole, self.uncertain = reason, detail, after, whole, uncertain


class Unwelcome(Exception):
    """What arrived is not taken in: nothing can be read from it, or it is hostile."""

    def __init__(self, reason: str, detail: str = ""):
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True)
class Measure:
    """What a text costs to send: `left` characters fit before another segment is begun; `most` segments are allowed."""

    characters: int
    segments: int
    encoding: str
    left: int
    most: int


@dataclass(frozen=True)
class InFile:
    """A file that came with a message, at `path` until the receivers have had it; `inline` is part of its text."""

    name: str
    content_type: str
    path: Path
    content_id: str = ""
    inline: bool = False


@dataclass(frozen=True)
class Incoming:
    """A message that arrived, parsed.

    `verified` says that the channel vouches for the sender, `conversation` is the id given at sending (`Letter.thread`)
    where the message provably answers it. `text` is without what it quotes. What is `automatic` is never answered
    automatically.
    """

    arrival_id: UUID
    channel: str
    at: datetime
    sender: str
    sender_name: str
    verified: bool
    text: str
    subject: str = ""
    quoted: str = ""
    conversation: UUID | None = None
    files: list[InFile] = field(default_factory=list)
    automatic: bool = False


@dataclass(frozen=True)
class Receipt:
    """What a receiver made of a message: whose it is."""

    client_id: UUID | None = None


def _no_check(errors, config: dict, secrets: set[str]) -> None:
    """Nothing to check between fields."""


def _alone(account, dispatches: list) -> None:
    """Nothing to do when messages fail."""


def _nowhere(member) -> str:
    return ""


def _nothing_more(settings) -> dict:
    return {}


def _anything(files: list, settings) -> str:
    return ""


def _no_headers(client, purpose: str, address: str) -> dict[str, str]:
    """Messages of most channels have none."""
    return {}


@dataclass(frozen=True)
class Channel:
    """A way for messages.

    `reaches(client ids)` says where they can be reached, the best first. `missing(settings)` is "" when it can send,
    else what is missing, in the reader's language. `send` does one try over the network; `parse` reads an arrival.
    `hooks` are its public addresses by name, `hook_address(settings, name)` what to give the provider for one where it
    is more than that; `failed(account, dispatches)` is called in the transaction in which
    messages fail. `fields` are its settings; `check(errors, config, names of set secrets)` looks at them together;
    `guide` is the template that explains them, with what `more(settings)` gives it. `said(code)` is why a message did
    not go, in words.
    `headers(client, purpose, address)` go with what leaves. `carries(files, settings)` says why stored files cannot go
    with a message, "" when they can.
    `test_to(member)` is where a test goes, `address(typed)` the normal form of an address, or raises Invalid.
    """

    key: str
    label: Any
    icon: str
    reaches: Callable[[list[UUID]], dict[UUID, list[Reach]]]
    missing: Callable[[Any], str]
    order: int = 100
    text: Any = ""
    send: Callable[[Outgoing, Any], Sent] | None = None
    measure: Callable[[str, Any], Measure] | None = None
    parse: Callable[[Any], Incoming | None] | None = None
    hooks: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    hook_address: Callable[[Any, str], str] | None = None
    failed: Callable[[Any, list], None] = _alone
    fields: tuple[Field, ...] = ()
    check: Callable[[Any, dict, set[str]], None] = _no_check
    guide: str = ""
    more: Callable[[Any], dict] = _nothing_more
    said: Callable[[str], str] = said
    test_to: Callable[[Any], str] = _nowhere
    address: Callable[[str], str] = str
    has_subject: bool = False
    has_html: bool = False
    headers: Callable[[Any, str, str], dict[str, str]] = _no_headers
    carries: Callable[[list, Any], str] = _anything
    at_once: int = 8


def _nobody(dispatches: list) -> None:
    """Nobody has to be told."""


def _no_files(cause_id: UUID) -> Iterable:
    return ()


@dataclass(frozen=True)
class Cause:
    """What has messages sent: `label` names it, `changed(dispatches)` is called in the transaction of each change.

    `files(cause_id)` gives the stored files that go with it, `href(cause_id)` the page where it is seen. What is
    `owed` goes to whoever asked for it, also to those who want no messages any more, and however long it is.
    """

    key: str
    label: Any
    changed: Callable[[list], None] = _nobody
    files: Callable[[UUID], Iterable] = _no_files
    href: Callable[[UUID], str] = lambda cause_id: ""
    owed: bool = False


channels: Registry[Channel] = Registry("channel")
causes: Registry[Cause] = Registry("cause of messages")
# fn(account, Incoming) -> Receipt; called in the transaction that notes the arrival as done.
receivers: Registry[Callable[[Any, Incoming], Receipt]] = Registry("receiver of messages")


def is_owed(cause: str) -> bool:
    """Whether a cause, by its key, is one whose messages are owed."""
    found = causes.get(cause)
    return found is not None and found.owed


def sending() -> list[Channel]:
    """The channels that have messages leave, in their order."""
    return [channel for channel in channels if channel.send is not None]

"""Schemas of rooms and messages."""

from datetime import datetime
from uuid import UUID

from pydantic import AwareDatetime, Field

from frontdesk.core.rest.schemas import Input, Paging, Schema


class RoomsQuery(Paging):
    """Paging; `all` gives every room of the account in which something was said, to those who oversee."""

    all: bool = False


class RoomOut(Schema):
    """A conversation. Its `id` is that of its thread, under which everything else about it is found."""

    id: UUID
    kind: str
    client_id: UUID | None
    name: str
    member_id: UUID | None
    last_number: int
    last_at: datetime
    preview: str
    unread: int
    mentioned: bool
    draft: str


class RoomRows(Schema):
    """The latest news first; `next` is the `after` of the following page, null on the last."""

    data: list[RoomOut]
    next: str | None


class RoomIn(Input):
    """A room with colleagues."""

    name: str = Field(max_length=400)
    members: list[UUID] = Field(min_length=1, max_length=500)


class RoomName(Input):
    """A room's new name."""

    name: str = Field(max_length=400)


class RoomPeople(Input):
    """Colleagues to put into a room."""

    members: list[UUID] = Field(min_length=1, max_length=500)


class RoomPerson(Schema):
    """Somebody who takes part, and how far they have read."""

    id: UUID
    name: str
    role: str
    read_number: int
    read_at: datetime | None


class RoomPersonRows(Schema):
    """By name."""

    data: list[RoomPerson]


class MessageAuthor(Schema):
    """Who wrote a message."""

    id: UUID
    name: str


class MessageFile(Schema):
    """A file of a message; see Files."""

    id: UUID
    name: str
    size: int
    kind: str


class MessageReaction(Schema):
    """An emoji, and the members who put it there."""

    emoji: str
    members: list[UUID]


class MessageTurned(Schema):
    """What was made of a message."""

    key: str
    id: UUID


class MessageTurnedOut(MessageTurned):
    """What was made, and its page."""

    href: str


class MessageTurningOut(Schema):
    """What can be made of a message; one with a `page` is made there."""

    key: str
    label: str
    page: str


class MessageTurnings(Schema):
    """What you may make of it."""

    data: list[MessageTurningOut]


class MessageTurnIn(Input):
    """What to make of it, such as note."""

    into: str = Field(max_length=40)


class MessageOut(Schema):
    """A message. `body` is what was written, `html` how it reads; both are empty once it is deleted."""

    id: UUID
    thread_id: UUID
    number: int
    author: MessageAuthor | None
    signed: str = Field(description="Who wrote it, where that is no member.")
    body: str
    html: str
    reply_to: UUID | None
    files: list[MessageFile]
    reactions: list[MessageReaction]
    turned: list[MessageTurned] = Field(description="What the team made of it; empty for everybody else.")
    posted_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None


class MessageRows(Schema):
    """In order of time; `older` is the `before` of the page before, `newer` the `after` of the next, else null."""

    data: list[MessageOut]
    older: int | None
    newer: int | None


class HistoryQuery(Schema):
    """The newest messages, or those before or after a number, or around one."""

    before: int | None = Field(None, ge=1, le=2**62)
    after: int | None = Field(None, ge=0, le=2**62)
    around: int | None = Field(None, ge=1, le=2**62)


class MessageIn(Input):
    """A new message."""

    body: str = Field("", max_length=40_000)
    reply_to: UUID | None = None
    files: list[UUID] = Field(default_factory=list, max_length=50)


class MessageBody(Input):
    """What a message says now."""

    body: str = Field(max_length=40_000)


class ReactionIn(Input):
    """An emoji, put there or taken away."""

    emoji: str = Field(max_length=64)
    on: bool = True


class MessagesReadIn(Input):
    """The number of the last message that was read; the newest when it is left out."""

    number: int | None = Field(None, ge=0, le=2**62)


class DraftIn(Input):
    """What has been written so far; an empty body forgets the draft."""

    body: str = Field("", max_length=40_000)
    reply_to: UUID | None = None


class WaitingIn(Input):
    """A message and when to send it."""

    body: str = Field("", max_length=40_000)
    reply_to: UUID | None = None
    files: list[UUID] = Field(default_factory=list, max_length=50)
    send_at: AwareDatetime


class WaitingChange(Input):
    """New text and time of a message that waits."""

    body: str = Field("", max_length=40_000)
    send_at: AwareDatetime


class WaitingOut(Schema):
    """A message that waits; `refused` when its time came and its author could no longer write there."""

    id: UUID
    thread_id: UUID
    body: str
    send_at: datetime
    refused: bool


class WaitingRows(Schema):
    """The next first."""

    data: list[WaitingOut]
    next: str | None


class MessageSearch(Schema):
    """Words of at least three letters, in one thread or in all."""

    q: str = Field(max_length=200)
    thread_id: UUID | None = None
    after: str = Field("", max_length=500)


class FoundMessages(Schema):
    """The newest first."""

    data: list[MessageOut]
    next: str | None


class UnreadOut(Schema):
    """How many messages are unread."""

    messages: int

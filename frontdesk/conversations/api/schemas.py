"""What the API says of conversations."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from frontdesk.core.rest.schemas import Input, Schema
from frontdesk.messaging.api.schemas import MessageOut
from frontdesk.messaging.models.threads import LONGEST_BODY

WAY = "Channel and address, such as email:ana@example.com or portal:; without one as the client wrote last."


class InboxQuery(Schema):
    """Which conversations, and a page of them."""

    state: Literal["open", "snoozed", "closed", "all"] = "open"
    whose: Literal["", "mine", "unassigned"] = ""
    member: UUID | None = None
    team: UUID | None = None
    tag: UUID | None = None
    waiting: bool = False
    q: str = Field("", max_length=200, description="Words of the client's name, number or address.")
    after: str = Field("", max_length=400)
    limit: int = Field(50, ge=1, le=200)


class ConversationOut(Schema):
    """A conversation; `waiting_since` is when the client began to wait for an answer."""

    id: UUID
    client_id: UUID
    client_name: str
    thread_id: UUID
    notes_id: UUID
    state: str
    assignee_id: UUID | None
    team_id: UUID | None
    handed_by_id: UUID | None
    channel: str
    last_at: datetime | None
    waiting_since: datetime | None
    snoozed_until: datetime | None
    unconfirmed: bool
    former: bool


class InboxRow(ConversationOut):
    """A conversation as the inbox lists it."""

    preview: str
    unread: bool
    draft: str


class InboxRows(Schema):
    """The latest first; `next` is the `after` of the following page, null on the last."""

    data: list[InboxRow]
    next: str | None


class WayOut(Schema):
    """A way to write to the client; `refused` says why nothing may go there, "" where it may."""

    way: str
    channel: str
    address: str
    label: str
    purpose: str
    refused: str
    hint: str


class Ways(Schema):
    """The best first."""

    data: list[WayOut]


class TravelOut(Schema):
    """By what way a message came or went; `state` is that of its sending, null for what came or stays in the portal."""

    outgoing: bool
    channel: str
    address: str
    verified: bool
    automatic: bool
    dispatch_id: UUID | None
    state: str | None
    reason: str | None


class StreamMessage(MessageOut):
    """A message of a conversation; `internal` ones are the team's notes."""

    internal: bool
    travel: TravelOut | None


class StreamRows(Schema):
    """In order of time; `older` and `newer` lead on, null where nothing more is."""

    data: list[StreamMessage]
    older: str | None
    newer: str | None


class StreamQuery(Schema):
    """A page up to (`before`) or after a place, as `older` and `newer` name them."""

    before: str = Field("", max_length=40)
    after: str = Field("", max_length=40)


class ReplyIn(Input):
    """An answer; with `send_at` it is sent then."""

    body: str = Field("", max_length=LONGEST_BODY)
    reply_to: UUID | None = None
    files: list[UUID] = Field([], max_length=20)
    way: str = Field("", max_length=300, description=WAY)
    subject: str = Field("", max_length=400)


class ReplyNowIn(ReplyIn):
    """An answer that leaves at once."""

    last_seen_number: int | None = Field(
        None, ge=0, le=2**62, description="Number of the last message you saw: 409 if a colleague answered after it."
    )


class ReplyLaterIn(ReplyIn):
    """An answer for later."""

    send_at: AwareDatetime


class InternalNoteIn(Input):
    """A note for the team."""

    body: str = Field("", max_length=LONGEST_BODY)
    files: list[UUID] = Field([], max_length=20)


class AssignIn(Input):
    """Whose conversation it is; null for nobody and no team."""

    member: UUID | None = None
    team: UUID | None = None


class SnoozeIn(Input):
    """Until when."""

    until: AwareDatetime


class CallIn(Input):
    """A call."""

    number: str = Field("", max_length=40)
    outcome: Literal["spoke", "no_answer", "voicemail", "called_us"] = "spoke"
    minutes: int = Field(0, ge=0, le=1440)
    text: str = Field("", max_length=5000)


class WaitingReply(Schema):
    """An answer that waits to be sent; see the operations on scheduled messages."""

    id: UUID
    send_at: datetime


RuleName = Literal["serving", "team", "nobody"]
ReplyName = Literal["never", "uncovered", "always"]


class InboxRuleOut(Schema):
    """To whom new work goes: whoever serves the client, the least busy of a team, or nobody.

    `away_reply` says when clients get an automatic reply because their colleague is away.
    """

    rule: RuleName
    team: UUID | None
    away_reply: ReplyName


class InboxRuleIn(Input):
    """To whom new work goes; `team` is needed for the rule that has one."""

    rule: RuleName
    team: UUID | None = None
    away_reply: ReplyName | None = Field(None, description="Null leaves it as it is.")


class CoveredOut(Schema):
    """A conversation that a deputy had while you were away; `ended_at` is null as long as that lasts.

    `answered_by` names those who wrote to the client meanwhile; it is `returned` when it went back to you.
    """

    id: UUID
    conversation: UUID
    client_name: str
    deputy: UUID | None
    handed_at: datetime
    ended_at: datetime | None
    returned: bool
    state: str
    waiting_since: datetime | None
    answered_by: list[str]


class CoveredRows(Schema):
    """The latest first; `next` is the `after` of the following page, null on the last."""

    data: list[CoveredOut]
    next: str | None


class PreviewIn(Input):
    """What would be written."""

    body: str = Field(max_length=LONGEST_BODY)
    way: str = Field("", max_length=300, description=WAY)
    subject: str = Field("", max_length=400)


class PreviewOut(Schema):
    """A message as it would leave; `segments` are the parts of a text message, null for others."""

    way: str
    language: str
    subject: str
    text: str
    html: str
    segments: int | None

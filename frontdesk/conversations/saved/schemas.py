"""What the API says of saved replies."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from frontdesk.core.rest.schemas import Input, Paging, Schema


class SavedQuery(Paging):
    """Words to look for, and a language: of that one and of any."""

    q: str = Field("", max_length=200)
    language: str = Field("", max_length=12)


class SavedReplyIn(Input):
    """A text to be used again; a shared one is everybody's, or that of one team."""

    name: str = Field(max_length=200)
    text: str = Field(max_length=10_000)
    shortcut: str = Field("", max_length=100)
    language: str = Field("", max_length=12, description='Code such as "fr", "" for any.')
    shared: bool = False
    team: UUID | None = None


class SavedReplyPatch(Input):
    """What is left out stays."""

    name: str | None = Field(None, max_length=200)
    text: str | None = Field(None, max_length=10_000)
    shortcut: str | None = Field(None, max_length=100)
    language: str | None = Field(None, max_length=12)
    shared: bool | None = None
    team: UUID | None = None


class SavedReplyOut(Schema):
    """A saved reply; without an owner it is shared."""

    id: UUID
    name: str
    shortcut: str
    text: str
    language: str
    owner_id: UUID | None
    team_id: UUID | None
    used: int
    used_at: datetime | None


class SavedReplyRows(Schema):
    """By name."""

    data: list[SavedReplyOut]
    next: str | None


class PlaceholderOut(Schema):
    """What may stand in braces."""

    key: str
    label: str


class PlaceholderRows(Schema):
    """All of them."""

    data: list[PlaceholderOut]


class OffersQuery(Schema):
    """Words to look for, and the way by which the message would leave."""

    q: str = Field("", max_length=200)
    way: str = Field("", max_length=300)


class OfferOut(SavedReplyOut):
    """A saved reply with its text for this client; `missing` are placeholders without a value, which still stand in
    it and have to go before it is sent."""

    filled: str
    missing: list[str]


class OfferRows(Schema):
    """Those in the client's language first, the most used first, at most 50."""

    data: list[OfferOut]

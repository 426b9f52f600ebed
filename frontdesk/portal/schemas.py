"""What the portal's operations take and answer."""

from datetime import time
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from frontdesk.core.rest.schemas import Input

CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"


def _clock(value) -> time:
    """A wall-clock time written as 09:30."""
    try:
        hours, minutes = value.split(":")
        if len(hours) == len(minutes) == 2 and (hours + minutes).isascii():
            return time(int(hours), int(minutes))
    except (AttributeError, ValueError):
        pass
    raise PydanticCustomError("time_parsing", "not a time")


Clock = Annotated[time, BeforeValidator(_clock), WithJsonSchema({"type": "string", "pattern": CLOCK})]
ClockText = Annotated[str, Field(pattern=CLOCK)]


class OwnClient(Schema):
    """A client that the caller sees in the portal."""

    id: UUID
    kind: Literal["person", "organisation", "group"]
    name: str


class OwnClientPage(Schema):
    """By name; `next` is the `after` of the following page, null on the last."""

    data: list[OwnClient]
    next: str | None


class OwnPoint(Schema):
    """An e-mail address or phone number, and whether it may be used."""

    value: str
    label: str
    consent: bool


class OwnAddress(Schema):
    """A postal address; `country` is ISO 3166, two letters, or empty."""

    label: str
    street: str
    postal_code: str
    city: str
    region: str
    country: str


class OwnContact(Schema):
    """A person to reach about the client; exactly one is primary."""

    id: UUID
    name: str
    role: str
    is_primary: bool
    emails: list[OwnPoint]
    phones: list[OwnPoint]
    address: OwnAddress | None


class OwnDetails(Schema):
    """The primary contact first, and the client's own addresses."""

    contacts: list[OwnContact]
    addresses: list[OwnAddress]


class PointIn(Input):
    """An e-mail address or phone number as typed."""

    value: str
    label: str = ""
    consent: bool = False


class AddressIn(Input):
    """A postal address as typed."""

    label: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    region: str = ""
    country: str = ""


class ContactIn(Input):
    """A new contact."""

    name: str
    role: str = ""
    emails: list[PointIn] = Field(default_factory=list)
    phones: list[PointIn] = Field(default_factory=list)
    address: AddressIn | None = None


class ContactChanges(Input):
    """What is left out stays; a list replaces the whole list; `address` null removes it."""

    name: str = ""
    role: str = ""
    emails: list[PointIn] = Field(default_factory=list)
    phones: list[PointIn] = Field(default_factory=list)
    address: AddressIn | None = None


class Span(Schema):
    """Available from `starts` until `ends`, wall-clock time of the account."""

    starts: ClockText
    ends: ClockText


class Week(Schema):
    """Seven lists of spans, Monday first; an empty one means not available."""

    days: Annotated[list[list[Span]], Field(min_length=7, max_length=7)]


class SpanIn(Input):
    """Available from `starts` until `ends`, written as 09:30."""

    starts: Clock
    ends: Clock


class WeekIn(Input):
    """Seven lists of spans, Monday first."""

    days: Annotated[list[list[SpanIn]], Field(min_length=7, max_length=7)]


class TeamMember(Schema):
    """Someone who serves the client; `email` and `phone` may be empty."""

    id: UUID
    name: str
    email: str
    phone: str


class Team(Schema):
    """By name."""

    data: list[TeamMember]
